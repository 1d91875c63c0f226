"use client";

import { useTranslations } from "next-intl";
import { Details } from "@/components/ui/details";
import { EmptyState } from "@/components/ui/empty-state";
import { Link } from "@/components/ui/link";
import { useLive } from "@/components/ui/live/use-live";
import type { ClinicDayDto, DayColumnDto } from "@/lib/visits/types/staff";
import { DayGrid } from "./day-grid";
import { DayLists } from "./day-lists";

/** Whose columns are shown, as the address says. */
export type DayFilter = { practitioner?: string | undefined; specialty?: string | undefined };

/** The day as it is now: columns beside a clock on a desk, a list for each practitioner on a phone. */
export function ClinicDay({ initial, filter }: { initial: ClinicDayDto; filter: DayFilter }) {
  const t = useTranslations("staff.calendar");
  const { state, status } = useLive<ClinicDayDto | null>({ key: `clinic-day:${initial.date}`, initial });
  const day = state ?? initial;
  const isShown = ({ practitionerId, specialtyCode }: { practitionerId: string; specialtyCode: string }) =>
    (!filter.practitioner || filter.practitioner === practitionerId) &&
    (!filter.specialty || filter.specialty === specialtyCode);
  const columns = day.columns.filter(isShown);
  const absent = day.absent.filter(isShown);
  return (
    <div className="flex flex-col gap-3">
      <p aria-live="polite" className="text-sm text-wait empty:hidden">
        {status === "reconnecting" || status === "offline" ? t("notLive") : ""}
      </p>
      {columns.length === 0 ? (
        <EmptyState title={t("empty.title")}>
          <p>{t("empty.body")}</p>
        </EmptyState>
      ) : (
        <>
          <DayGrid day={day} columns={columns} className="hidden lg:block" />
          <DayLists columns={columns} className="lg:hidden" />
          <Cancelled columns={columns} />
        </>
      )}
      {absent.length > 0 ? (
        <p className="text-sm text-muted">
          {t("absent", { names: absent.map(({ name }) => name).join(", ") })}
        </p>
      ) : null}
    </div>
  );
}

/** What has no place in the columns any more; on a phone it stands in the lists. */
function Cancelled({ columns }: { columns: readonly DayColumnDto[] }) {
  const t = useTranslations("staff.calendar");
  const visits = columns.flatMap(({ name, cancelled }) => cancelled.map((visit) => ({ name, visit })));
  if (visits.length === 0) return null;
  return (
    <Details summary={t("cancelled", { count: visits.length })} className="hidden lg:block">
      <ul className="flex flex-col gap-1">
        {visits.map(({ name, visit }) => (
          <li key={visit.appointmentId}>
            <Link href={`/admin/calendar/${visit.appointmentId}`}>
              {t("cancelledLine", {
                time: visit.starts.time,
                patient: visit.patientName,
                practitioner: name,
              })}
            </Link>
          </li>
        ))}
      </ul>
    </Details>
  );
}
