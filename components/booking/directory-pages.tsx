import { useTranslations } from "next-intl";
import { ButtonLink } from "@/components/ui/button";
import type { DirectoryDto } from "@/lib/booking/types/directory";

/** The way to the practitioners who are free later; nothing where one page has everybody. */
export function DirectoryPages({
  pages: { page, count, previousHref, nextHref },
}: Pick<DirectoryDto, "pages">) {
  const t = useTranslations("home.pages");
  if (count === 1) return null;
  return (
    <nav aria-label={t("label")} className="mt-6 flex flex-wrap items-center justify-between gap-3">
      {previousHref ? <ButtonLink href={previousHref}>{t("previous")}</ButtonLink> : <span />}
      <p className="text-muted">{t("page", { page, count })}</p>
      {nextHref ? <ButtonLink href={nextHref}>{t("next")}</ButtonLink> : <span />}
    </nav>
  );
}
