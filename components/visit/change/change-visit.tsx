import { useTranslations } from "next-intl";
import { ButtonLink } from "@/components/ui/button";
import type { PatientVisitDto } from "@/lib/visits/types/visit";
import { NotChangeable, timesOf } from "./not-changeable";

/** On the visit's own page: where it is moved and cancelled, until when, or who can once that is over. */
export function ChangeVisit({ visit: { path, change } }: { visit: PatientVisitDto }) {
  const t = useTranslations("change.visit");
  if (change.refusal === "not_changeable") return null;
  if (change.refusal) return <NotChangeable change={change} />;
  return (
    <section aria-labelledby="change" className="flex flex-col gap-3">
      <h2 id="change" className="text-lg font-semibold">
        {t("title")}
      </h2>
      <p className="text-muted">{change.until ? t("until", timesOf(change.until)) : t("untilStart")}</p>
      <p className="flex flex-wrap gap-3">
        <ButtonLink href={`${path}/move`}>{t("move")}</ButtonLink>
        <ButtonLink href={`${path}/cancel`} variant="quiet" className="text-harm">
          {t("cancel")}
        </ButtonLink>
      </p>
    </section>
  );
}
