import "server-only";
import { cache } from "react";
import { keptPatientScope, ownPatientScope } from "@/lib/access/rules";
import { loadSession, noteRefusal, requireRole, requireSchedules } from "@/lib/auth/loaders";
import { systemNow } from "@/lib/core/clock";
import { db } from "@/lib/db/client";
import { findPractitioner, listPractitioners, listVisitTypes } from "@/lib/directory/data";
import { loadViewer } from "@/lib/i18n/viewer";
import { formatOffset, zonePlace } from "@/lib/time/format";
import { weekdayName } from "@/lib/time/weekdays";
import { dateIn } from "@/lib/time/zones";
import { listCurrentConsents, listIntakeQuestions } from "../data/intake";
import { findEntry, listWaiting } from "../data/waitlist";
import { describeIntake } from "../format/intake";
import { describeEntry, describeRow } from "../format/waitlist";
import type { EntryKey, JoinWaitlistDto, WaitlistEntryDto, WaitlistRowDto } from "../types/waitlist";

const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7];

/**
 * The page on which somebody joins the waitlist.
 *
 * @returns `undefined` where nobody can be waited for
 */
export async function loadJoinWaitlist(asked: {
  practitionerId: string | undefined;
  specialtyCode: string | undefined;
  visitTypeId: string | undefined;
}): Promise<JoinWaitlistDto | undefined> {
  const [viewer, session, types] = [await loadViewer(), await loadSession(), await listVisitTypes(db())];
  const { locale, timeZone } = viewer;
  const practitioner = asked.practitionerId ? await findPractitioner(db(), asked.practitionerId) : undefined;
  const ofSpecialty =
    !asked.practitionerId && asked.specialtyCode
      ? await listPractitioners(db(), { specialtyCode: asked.specialtyCode })
      : [];
  const people = practitioner ? [practitioner] : ofSpecialty;
  const specialty = people[0]?.specialty;
  const offered = types.filter(({ id }) => people.some(({ visitTypeIds }) => visitTypeIds.includes(id)));
  if (!specialty || offered.length === 0) return undefined;
  const chosen = offered.find(({ id }) => id === asked.visitTypeId) ?? offered[0];
  const now = systemNow();
  const today = dateIn(now, timeZone);
  return {
    who: practitioner?.displayName ?? specialty.names[locale],
    waitsFor: practitioner ? { practitionerId: practitioner.id } : { specialtyCode: specialty.code },
    visitTypes: offered.map((type) => ({
      visitTypeId: type.id,
      name: type.names[locale],
      isChosen: type === chosen,
    })),
    firstDate: today.toString(),
    lastDate: today.add({ days: Math.max(...offered.map(({ horizonDays }) => horizonDays)) }).toString(),
    weekdays: WEEKDAYS.map((weekday) => ({ weekday, name: weekdayName(weekday, locale) })),
    zone: { place: zonePlace(viewer), offset: formatOffset(now, viewer) },
    accountName: session?.actor.patientId ? session.user.name : null,
  };
}

async function readEntry(key: EntryKey): Promise<WaitlistEntryDto | undefined> {
  const entry = await findEntry(db(), key);
  if (!entry) {
    await noteRefusal("token" in key ? "link.waitlist" : "waitlist.entry");
    return undefined;
  }
  const [viewer, questions, consents] = await Promise.all([
    loadViewer(),
    listIntakeQuestions(db(), entry.visitTypeId),
    listCurrentConsents(db()),
  ]);
  return describeEntry(entry, describeIntake(questions, consents, viewer.locale), viewer, systemNow());
}

/** An entry by its personal link; kept for the request, since title and page both ask. */
export const loadLinkedEntry = cache((token: string) => readEntry({ token }));

/** An entry of the signed-in patient, or of somebody for whom they speak. */
export const loadOwnEntry = cache(async (entryId: string): Promise<WaitlistEntryDto | undefined> => {
  const { actor } = await requireRole("patient", `/visits/waitlist/${entryId}`);
  return readEntry({ entryId, actor, as: "patient" });
});

/** What the signed-in patient waits for. */
export async function loadOwnWaitlist(): Promise<{ entryId: string; who: string; hasOffer: boolean }[]> {
  const { actor } = await requireRole("patient", "/visits");
  const [viewer, now] = [await loadViewer(), systemNow()];
  const entries = await listWaiting(db(), ownPatientScope(actor), 20);
  return entries.map((entry) => {
    const { entryId, who, offerUntil } = describeRow(entry, viewer, now);
    return { entryId, who, hasOffer: offerUntil !== null };
  });
}

/** Everybody who waits, for whoever keeps all schedules. */
export async function loadWaitlist(): Promise<WaitlistRowDto[]> {
  const { actor } = await requireSchedules("/admin/waitlist");
  const [viewer, now] = [await loadViewer(), systemNow()];
  return (await listWaiting(db(), keptPatientScope(actor))).map((entry) => describeRow(entry, viewer, now));
}
