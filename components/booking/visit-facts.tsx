import { useTranslations } from "next-intl";
import { DescriptionList } from "@/components/ui/description-list";
import type { VisitFactsDto } from "@/lib/booking/types/form";

/**
 * Date, time with its zone, who and what: the same facts wherever a patient looks at a visit.
 *
 * @param instead the words for a time that was chosen instead of the visit's
 */
export function VisitFacts({ visit, instead = null }: { visit: VisitFactsDto; instead?: string | null }) {
  const t = useTranslations("booking.what");
  const { starts, practitionerStarts } = visit;
  return (
    <DescriptionList
      items={[
        {
          key: "when",
          term: t("when"),
          details: instead ? (
            <span className="font-semibold tabular-nums">
              {t("newTime", { when: instead, zone: starts.zone })}
            </span>
          ) : (
            <>
              <span className="block font-semibold">{starts.date}</span>
              <time dateTime={starts.iso} className="block">
                {t("time", {
                  from: starts.time,
                  to: visit.endTime,
                  zone: starts.zone,
                  offset: starts.offset,
                })}
              </time>
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
          key: "type",
          term: t("type"),
          details: t("typeValue", { type: visit.visitType, minutes: visit.durationMinutes }),
        },
      ]}
    />
  );
}
