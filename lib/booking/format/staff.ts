import type { Temporal } from "temporal-polyfill";
import { env } from "@/lib/core/env";
import { formatDate, type Viewer } from "@/lib/time/format";
import type { FoundPatient } from "../data/patients";
import type { FoundPatientDto, StaffArea } from "../types/staff";

/** Administrators read every practitioner's times on the clinic's clock. */
export const staffZone = (): string => env().CLINIC_TIME_ZONE;

export const describeFoundPatient = (
  { lastVisitAt, ...patient }: FoundPatient,
  viewer: Viewer,
  now: Temporal.Instant,
): FoundPatientDto => ({ ...patient, lastVisit: lastVisitAt ? formatDate(lastVisitAt, viewer, now) : null });

/** Where staff see one visit. */
export const staffVisitPath = (area: StaffArea, appointmentId: string): string =>
  `${area === "admin" ? "/admin/calendar" : "/agenda"}/${appointmentId}`;

/** Where staff book. */
export const staffBookingPath = (area: StaffArea): string =>
  `${area === "admin" ? "/admin" : "/agenda"}/book`;

/** A path with whatever of a query is said. */
export function withQuery(path: string, query: Readonly<Record<string, string | undefined>>): string {
  const said = Object.entries(query).flatMap(([name, value]) => (value ? [[name, value]] : []));
  return said.length > 0 ? `${path}?${new URLSearchParams(said)}` : path;
}
