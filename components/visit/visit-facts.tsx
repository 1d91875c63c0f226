import { useTranslations } from "next-intl";
import { DescriptionList } from "@/components/ui/description-list";
import type { PatientVisitDto } from "@/lib/visits/types";

/** Date, time with its zone, who and what: the same facts wherever a patient looks at a visit. */
export function VisitFacts({ visit }: { visit: PatientVisitDto }) {
  const t = useTranslations("visit.facts");
  const { starts, ends, practitionerStarts } = visit;
  return (
    <DescriptionList
      items={[
        {
          key: "when",
          term: t("when"),
          details: (
            <>
              <span className="block font-semibold">{starts.date}</span>
              <span className="block tabular-nums">
                <time dateTime={starts.iso}>
                  {t("time", { from: starts.time, to: ends.time, zone: starts.zone, offset: starts.offset })}
                </time>
              </span>
              {practitionerStarts ? (
                <span className="block text-muted tabular-nums">
                  {t("theirTime", {
                    date: practitionerStarts.shortDate,
                    time: practitionerStarts.time,
                    zone: practitionerStarts.zone,
                  })}
                </span>
              ) : null}
            </>
          ),
        },
        { key: "who", term: t("who"), details: `${visit.practitionerName}, ${visit.specialty}` },
        {
          key: "what",
          term: t("what"),
          details: t("whatValue", { type: visit.visitType, minutes: visit.durationMinutes }),
        },
      ]}
    />
  );
}
