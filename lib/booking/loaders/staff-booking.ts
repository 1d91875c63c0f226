import "server-only";
import { schedulingScope } from "@/lib/access/rules";
import type { UserActor } from "@/lib/access/types";
import { requireRole, requireSchedules } from "@/lib/auth/loaders";
import { systemNow } from "@/lib/core/clock";
import { db } from "@/lib/db/client";
import { findPractitioner, listPractitioners, listVisitTypes } from "@/lib/directory/data";
import type { PractitionerDto } from "@/lib/directory/types";
import { languageChoices } from "@/lib/i18n/locales";
import { loadLocale } from "@/lib/i18n/viewer";
import { type Viewer, zonePlace } from "@/lib/time/format";
import { findFollowed } from "../data/followed";
import { staffBookingPath, staffZone } from "../format/staff";
import type { StaffArea, StaffBookingDto } from "../types/staff";
import { loadStaffStep, type StaffQuery } from "./staff-times";

/** The page on which schedulers and administrators book for a patient with anybody, and practitioners with themselves. */
export async function loadStaffBooking(area: StaffArea, query: StaffQuery): Promise<StaffBookingDto> {
  const path = staffBookingPath(area);
  const { actor } = await (area === "admin" ? requireSchedules(path) : requireRole("practitioner", path));
  const now = systemNow();
  const practitioners = await listOwn(area, actor);
  const practitioner = practitioners.find(({ id }) => id === query.practitioner) ?? practitioners[0];
  const viewer = await loadStaffViewer(area, practitioner);
  const offered = (await listVisitTypes(db())).filter(({ id }) => practitioner?.visitTypeIds.includes(id));
  const visitType = offered.find(({ id }) => id === query.visit) ?? offered[0];
  const follows = await findFollowed(db(), schedulingScope(actor), query.follows);
  const page = {
    follows,
    area,
    path,
    practitioners: practitioners.map(({ id, displayName }) => ({ value: id, name: displayName })),
    languages: languageChoices(),
    locale: viewer.locale,
    visitTypes: offered.map(({ id, names }) => ({ value: id, name: names[viewer.locale] })),
  };
  if (!practitioner || !visitType) return { ...page, chosen: null };
  const keep = {
    ...(area === "admin" ? { practitioner: practitioner.id } : {}),
    visit: visitType.id,
    ...(follows ? { follows: follows.appointmentId } : {}),
  };
  return {
    ...page,
    chosen: {
      practitionerId: practitioner.id,
      practitionerName: practitioner.displayName,
      visitTypeId: visitType.id,
      visitType: visitType.names[viewer.locale],
      durationMinutes: visitType.durationMinutes,
      zone: zonePlace(viewer),
      step: await loadStaffStep({ practitioner, visitType, path, keep }, query, viewer, now),
    },
  };
}

/** Everybody who can be booked; for practitioners, themselves. */
async function listOwn(area: StaffArea, actor: UserActor): Promise<PractitionerDto[]> {
  if (area === "admin") return listPractitioners(db());
  const own = actor.practitionerId ? await findPractitioner(db(), actor.practitionerId) : undefined;
  return own ? [own] : [];
}

/** Administrators read times on the clinic's clock, practitioners on the one that their hours are kept in. */
export async function loadStaffViewer(
  area: StaffArea,
  practitioner: { timeZone: string } | undefined,
): Promise<Viewer & { locale: Awaited<ReturnType<typeof loadLocale>> }> {
  const own = area === "agenda" ? practitioner?.timeZone : undefined;
  return { locale: await loadLocale(), timeZone: own ?? staffZone() };
}
