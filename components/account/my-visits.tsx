import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Link } from "@/components/ui/link";
import { Status, type StatusKind } from "@/components/ui/status";
import { timesPath } from "@/lib/booking/format/paths";
import type { PatientVisitDto, VisitPhase } from "@/lib/visits/types/visit";

const KINDS: Record<VisitPhase, StatusKind> = {
  booked: "booked",
  waiting: "waiting",
  in_progress: "live",
  finished: "done",
  cancelled: "cancelled",
  missed: "noshow",
};

/** What pressing a visit to come does; those that are over have nothing to open first. */
const OPENING = { booked: "open", waiting: "waitingRoom", in_progress: "join" } as const;

/** A patient's visits under one heading, each with the one thing to do about it. */
export function VisitList({
  id,
  title,
  visits,
  empty,
}: {
  id: string;
  title: string;
  visits: readonly PatientVisitDto[];
  empty?: ReactNode;
}) {
  return (
    <section aria-labelledby={id} className="flex flex-col gap-3">
      <h2 id={id} className="text-xl font-semibold">
        {title}
      </h2>
      {visits.length === 0 ? empty : null}
      <ul className="flex flex-col gap-3">
        {visits.map((visit) => (
          <li key={visit.appointmentId}>
            <VisitCard visit={visit} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function VisitCard({ visit }: { visit: PatientVisitDto }) {
  const t = useTranslations("account.visits");
  const { starts, endTime, state, change, practitionerName, practitionerId } = visit;
  const { phase } = state;
  const changes = useTranslations("change.visit");
  const links = { practitioner: practitionerName, date: starts.date };
  const isToCome = phase === "booked" || phase === "waiting" || phase === "in_progress";
  const action = isToCome ? t(OPENING[phase]) : t("bookAgain");
  return (
    <Card className="flex flex-col gap-3 sm:flex-row sm:items-center sm:justify-between">
      <div className="flex flex-col gap-1">
        <Status kind={KINDS[phase]}>{t(`status.${phase}`)}</Status>
        <h3 className="font-semibold">{starts.date}</h3>
        <p className="tabular-nums">
          <time dateTime={starts.iso}>
            {t("time", { from: starts.time, to: endTime, zone: starts.zone, offset: starts.offset })}
          </time>
        </p>
        <p>
          {practitionerName}, {visit.specialty}
        </p>
        {visit.spokenFor === null ? null : <p>{t("spokenFor", { name: visit.spokenFor })}</p>}
        <p className="text-muted">{t("what", { type: visit.visitType, minutes: visit.durationMinutes })}</p>
        {change.movedFrom && isToCome ? (
          <p className="text-sm text-muted">
            {changes("movedFrom", {
              date: change.movedFrom.shortDate,
              time: change.movedFrom.time,
              zone: change.movedFrom.zone,
            })}
          </p>
        ) : null}
        {change.refusal === null ? (
          <p className="flex flex-wrap gap-x-5 gap-y-1">
            {(["move", "cancel"] as const).map((kind) => (
              <Link
                key={kind}
                href={`${visit.path}/${kind}`}
                aria-label={t("withDate", { action: changes(kind), ...links })}
                className="inline-flex min-h-8 items-center"
              >
                {changes(kind)}
              </Link>
            ))}
          </p>
        ) : null}
      </div>
      <ButtonLink
        href={isToCome ? visit.path : timesPath(practitionerId)}
        variant={phase === "waiting" || phase === "in_progress" ? "primary" : "secondary"}
        aria-label={t("withDate", { action, ...links })}
        className="shrink-0"
      >
        {action}
      </ButtonLink>
    </Card>
  );
}
