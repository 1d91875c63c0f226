import { clsx } from "clsx";
import { Hourglass } from "lucide-react";
import NextLink from "next/link";
import { useTranslations } from "next-intl";
import { STATUS_ICONS, type StatusKind } from "@/components/ui/status";
import { statusOf, useStatusWords } from "@/components/visit/agenda-status";
import { VisitMarks } from "@/components/visit/visit-marks";
import type { DayClaimDto } from "@/lib/visits/types/staff";

const LOOKS: Record<StatusKind, string> = {
  waiting: "border-wait bg-wait-soft [&_svg]:text-wait",
  live: "border-live bg-live-soft [&_svg]:text-live",
  done: "border-control bg-sunken [&_svg]:text-live",
  cancelled: "border-control bg-sunken",
  booked: "border-accent bg-accent-soft [&_svg]:text-accent",
  noshow: "border-harm bg-harm-soft [&_svg]:text-harm",
  neutral: "border-control bg-sunken [&_svg]:text-muted",
};

/** What is shorter than this has room for one line. */
const TWO_LINES_MINUTES = 20;

const box =
  "flex h-full min-w-0 flex-col overflow-hidden rounded-sm border border-s-4 px-1.5 text-xs leading-4 text-ink";

/** One claim in a column: who, what, and how it stands. A visit opens. */
export function ClaimBlock({ claim }: { claim: DayClaimDto }) {
  const t = useTranslations("staff.calendar");
  const words = useStatusWords();
  if (claim.kind !== "visit") {
    return (
      <div className={clsx(box, "border-dashed border-control bg-surface text-muted")}>
        <span className="flex items-center gap-1 truncate">
          <Hourglass aria-hidden="true" className="size-3 shrink-0" />
          <span className="tabular-nums">{claim.fromTime}</span>
          <span className="truncate">{t(`claim.${claim.kind}`, { type: claim.visitType })}</span>
        </span>
      </div>
    );
  }
  const { visit } = claim;
  const { kind } = statusOf(visit);
  const Icon = STATUS_ICONS[kind];
  const isShort = claim.end - claim.start < TWO_LINES_MINUTES;
  return (
    <NextLink
      href={`/admin/calendar/${visit.appointmentId}`}
      className={clsx(box, LOOKS[kind], "hover:underline focus-visible:-outline-offset-2")}
    >
      <span className="flex items-center gap-1">
        <Icon aria-hidden="true" className="size-3 shrink-0" />
        <time dateTime={visit.starts.iso} className="tabular-nums">
          {visit.starts.time}
        </time>
        <span className="truncate font-semibold">{visit.patientName}</span>
      </span>
      <span className={isShort ? "sr-only" : "truncate"}>
        {words(visit)} · {visit.visitType}
      </span>
      <VisitMarks marks={visit.marks} />
    </NextLink>
  );
}
