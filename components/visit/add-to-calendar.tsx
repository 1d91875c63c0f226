import { useTranslations } from "next-intl";
import { buttonClass } from "@/components/ui/button";
import { Link } from "@/components/ui/link";
import type { PatientVisitDto } from "@/lib/visits/types/visit";

/** Google, Outlook and a file; each holds this page's own address, never a way into the call. */
export function AddToCalendar({ calendar }: { calendar: PatientVisitDto["calendar"] }) {
  const t = useTranslations("visit.calendar");
  const changed = useTranslations("change.visit");
  const outside = { target: "_blank", rel: "noopener noreferrer", className: buttonClass({ size: "sm" }) };
  return (
    <section aria-labelledby="add-to-calendar" className="flex flex-col gap-3">
      <h2 id="add-to-calendar" className="text-lg font-semibold">
        {t("title")}
      </h2>
      <ul className="flex flex-wrap gap-2">
        <li>
          <a href={calendar.google} {...outside}>
            {t("google")}
          </a>
        </li>
        <li>
          <a href={calendar.outlook} {...outside}>
            {t("outlook")}
          </a>
        </li>
        <li>
          <a href={calendar.ics} download className={buttonClass({ size: "sm" })}>
            {t("ics")}
          </a>
        </li>
      </ul>
      {calendar.subscribe ? (
        <p>
          <Link href={calendar.subscribe}>{changed("subscribe")}</Link>
        </p>
      ) : null}
    </section>
  );
}
