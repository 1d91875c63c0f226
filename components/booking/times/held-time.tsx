import { useTranslations } from "next-intl";
import { Link } from "@/components/ui/link";
import { Notice } from "@/components/ui/notice";
import type { HeldTimeDto } from "@/lib/booking/types/times";

/** The visitor has chosen a time already and came back: it is still theirs, and this is the way on. */
export function HeldTime({ held: { date, time, untilTime, href } }: { held: HeldTimeDto }) {
  const t = useTranslations("home.times.held");
  return (
    <Notice tone="info" title={t("title", { date, time, until: untilTime })}>
      <p>
        <Link href={href} prefetch={false}>
          {t("continue")}
        </Link>
      </p>
    </Notice>
  );
}
