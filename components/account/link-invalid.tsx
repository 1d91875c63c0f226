import { useTranslations } from "next-intl";
import { ButtonLink } from "@/components/ui/button";
import { PageHeader } from "@/components/ui/page-header";

/** One page for every link that opens nothing, whatever the reason. */
export function LinkInvalid({ purpose }: { purpose: "invitation" | "password_reset" | "setup" }) {
  const t = useTranslations("auth.linkInvalid");
  return (
    <div className="flex flex-col gap-6">
      <PageHeader title={t("title")} lead={t("body")} />
      <p className="measure">{t(purpose)}</p>
      <ButtonLink href="/sign-in" className="self-start">
        {t("signIn")}
      </ButtonLink>
    </div>
  );
}
