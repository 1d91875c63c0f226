import { clsx } from "clsx";
import { Hourglass } from "lucide-react";
import NextLink from "next/link";
import { useTranslations } from "next-intl";
import { AgendaStatus } from "@/components/visit/agenda-status";
import { VisitMarks } from "@/components/visit/visit-marks";
import type { StaffItemDto } from "@/lib/visits/types/agenda";
import type { DayClaimDto, DayColumnDto } from "@/lib/visits/types/staff";
import { useHoursWords } from "./hours-words";

const line = "grid grid-cols-[3rem_minmax(0,1fr)_auto] items-center gap-x-2 px-3 py-2";

/** The same day for a phone: practitioner after practitioner, each with what is to come in order. */
export function DayLists({ columns, className }: { columns: readonly DayColumnDto[]; className?: string }) {
  const t = useTranslations("staff.calendar");
  const hours = useHoursWords();
  return (
    <div className={clsx("flex flex-col gap-6", className)}>
      {columns.map((column) => (
        <section
          key={column.practitionerId}
          aria-labelledby={`list-${column.practitionerId}`}
          className="flex flex-col gap-2"
        >
          <div>
            <h2 id={`list-${column.practitionerId}`} className="font-semibold">
              {column.name}
            </h2>
            <p className="text-sm text-muted tabular-nums">
              {column.specialty} · {hours(column)}
            </p>
          </div>
          {column.claims.length + column.cancelled.length === 0 ? (
            <p className="text-muted">{t("nothing")}</p>
          ) : (
            <ol className="rounded-md border border-line bg-surface">
              {column.claims.map((claim) => (
                <li key={claim.id} className="border-b border-line last:border-b-0">
                  <Line claim={claim} />
                </li>
              ))}
              {column.cancelled.map((visit) => (
                <li key={visit.appointmentId} className="border-b border-line last:border-b-0">
                  <VisitLine visit={visit} />
                </li>
              ))}
            </ol>
          )}
        </section>
      ))}
    </div>
  );
}

function Line({ claim }: { claim: DayClaimDto }) {
  const t = useTranslations("staff.calendar");
  if (claim.kind === "visit") return <VisitLine visit={claim.visit} />;
  return (
    <div className={clsx(line, "text-muted")}>
      <span className="tabular-nums">{claim.fromTime}</span>
      <span className="truncate">{t(`claim.${claim.kind}`, { type: claim.visitType })}</span>
      <Hourglass aria-hidden="true" className="size-4" />
    </div>
  );
}

const VisitLine = ({ visit }: { visit: StaffItemDto }) => (
  <NextLink href={`/admin/calendar/${visit.appointmentId}`} className={clsx(line, "hover:bg-sunken")}>
    <time dateTime={visit.starts.iso} className="font-medium tabular-nums">
      {visit.starts.time}
    </time>
    <span className="min-w-0">
      <span className="block truncate font-medium">{visit.patientName}</span>
      <span className="block truncate text-sm text-muted">{visit.visitType}</span>
      <VisitMarks marks={visit.marks} />
    </span>
    <AgendaStatus item={visit} />
  </NextLink>
);
