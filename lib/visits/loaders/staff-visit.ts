import "server-only";
import { cache } from "react";
import { hasRole } from "@/lib/access/rules";
import { requireRole, requireSchedules } from "@/lib/auth/loaders";
import { loadScheduleStates } from "@/lib/availability/data/states";
import { loadStaffViewer } from "@/lib/booking/loaders/staff-booking";
import { loadStaffStep, loadSuggestions, type StaffQuery } from "@/lib/booking/loaders/staff-times";
import type { StaffArea } from "@/lib/booking/types/staff";
import { systemNow } from "@/lib/core/clock";
import { db } from "@/lib/db/client";
import { findVisitType, listPractitioners } from "@/lib/directory/data";
import { toInstant } from "@/lib/time/instant";
import { dateIn } from "@/lib/time/zones";
import { describeStaffVisit } from "../format/staff";
import type { StaffMoveDto, StaffVisitDto } from "../types/staff";
import { readItemDay } from "./agenda-days";
import { readAudited } from "./audited";

/** A visit as whoever keeps its time sees it: any for schedulers and administrators, their own for practitioners; others are not found. */
export const loadStaffVisit = cache(
  async (area: StaffArea, appointmentId: string): Promise<StaffVisitDto> =>
    (await readVisit(area, appointmentId)).visit,
);

/** The page on which staff move a visit; practitioners move theirs in their own time alone. */
export async function loadStaffMove(
  area: StaffArea,
  appointmentId: string,
  query: StaffQuery,
): Promise<StaffMoveDto> {
  const { visit, startAt, viewer, now } = await readVisit(area, appointmentId);
  const path = `${visit.path}/move`;
  const [visitType, all] = await Promise.all([
    findVisitType(db(), visit.visitTypeId),
    listPractitioners(db(), { visitTypeId: visit.visitTypeId }),
  ]);
  const practitioners = area === "admin" ? all : all.filter(({ id }) => id === visit.practitionerId);
  const practitioner =
    practitioners.find(({ id }) => id === query.practitioner) ??
    practitioners.find(({ id }) => id === visit.practitionerId) ??
    practitioners[0];
  const page = {
    visit,
    path,
    practitioners: practitioners.map(({ id, displayName }) => ({ value: id, name: displayName })),
  };
  if (!visit.canMove || !visitType || !practitioner)
    return { ...page, to: null, suggestions: [], step: null };
  const keep: Record<string, string> = area === "admin" ? { practitioner: practitioner.id } : {};
  const asked = { practitioner, visitType, path, keep, exceptAppointmentId: appointmentId };
  // The calendar opens on the visit's own day, which is where whoever moves it looks first.
  const day = query.day ?? (query.from ? undefined : dateIn(startAt, viewer.timeZone).toString());
  const step = await loadStaffStep(asked, { ...query, day }, viewer, now);
  const moved = { appointmentId, practitionerId: visit.practitionerId, visitTypeId: visitType.id, startAt };
  return {
    ...page,
    to: { practitionerId: practitioner.id, practitionerName: practitioner.displayName },
    suggestions:
      step.kind === "choose" ? await loadSuggestions({ visit: moved, practitioners, path }, viewer, now) : [],
    step,
  };
}

const readVisit = cache(async (area: StaffArea, appointmentId: string) => {
  const base = area === "admin" ? "/admin/calendar" : "/agenda";
  const path = `${base}/${appointmentId}`;
  const { actor } = await (area === "admin" ? requireSchedules(path) : requireRole("practitioner", path));
  const role =
    area === "agenda" ? "practitioner" : hasRole(actor, "administrator") ? "administrator" : "scheduler";
  const now = systemNow();
  const row = await readAudited(actor, appointmentId, role, now);
  const [states, viewer] = [
    await loadScheduleStates(db(), [row.practitionerId], now),
    await loadStaffViewer(area, row.practitioner),
  ];
  const day = { schedule: states.get(row.practitionerId), ...(await readItemDay(row, now)) };
  const visit = describeStaffVisit(row, { area, ...day }, viewer, now);
  return { visit, startAt: toInstant(row.startAt), viewer, now };
});
