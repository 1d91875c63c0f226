import "server-only";
import { cache } from "react";
import { Temporal } from "temporal-polyfill";
import { loadSession } from "@/lib/auth/loaders";
import { findFreeSlots } from "@/lib/availability/data/slots";
import { systemNow } from "@/lib/core/clock";
import { db } from "@/lib/db/client";
import { findPractitioner, findVisitType } from "@/lib/directory/data";
import { loadViewer } from "@/lib/i18n/viewer";
import { readVisitorHash } from "@/lib/security/visitor";
import { describeMoment, formatTime, sameClock } from "@/lib/time/format";
import { compareInstants } from "@/lib/time/instant";
import { listDependants } from "../data/dependants";
import { findHold, type Hold } from "../data/holds";
import { listCurrentConsents, listIntakeQuestions } from "../data/intake";
import { describeIntake } from "../format/intake";
import { bookingPath, parseBookingStart, timesPath } from "../format/paths";
import type { BookingPageDto } from "../types/form";
import { loadNearestTimes } from "./help";

/**
 * The page on which one time is booked, or the nearest times where that one is not free.
 *
 * @param start the last part of a booking path
 * @returns `undefined` for an address that no page of ours has ever led to
 */
export const loadBookingPage = cache(
  async (practitionerId: string, visitTypeId: string, start: string): Promise<BookingPageDto | undefined> => {
    const startAt = parseBookingStart(start);
    if (!startAt) return undefined;
    const [viewer, session, holderHash, practitioner, visitType] = await Promise.all([
      loadViewer(),
      loadSession(),
      readVisitorHash(),
      findPractitioner(db(), practitionerId),
      findVisitType(db(), visitTypeId),
    ]);
    if (!practitioner || !visitType || !practitioner.visitTypeIds.includes(visitTypeId)) return undefined;
    const now = systemNow();
    const offer = { practitionerId, visitTypeId };
    const booker = session?.actor.patientId ? session : undefined;
    const [isFree, hold, questions, consents, dependants] = await Promise.all([
      isStillFree({ ...offer, startAt, exceptHolder: holderHash }, now),
      holderHash && findHold(db(), holderHash, now),
      listIntakeQuestions(db(), visitTypeId),
      listCurrentConsents(db()),
      booker ? listDependants(db(), booker.actor) : [],
    ]);
    const isHeld = isFree && hold && isHoldOf(hold, { ...offer, startAt });
    const nearest = isFree ? null : await loadNearestTimes({ ...offer, startAt }, now);
    const { timeZone } = practitioner;
    return {
      ...offer,
      practitionerName: practitioner.displayName,
      specialty: practitioner.specialty.names[viewer.locale],
      visitType: visitType.names[viewer.locale],
      durationMinutes: visitType.durationMinutes,
      starts: describeMoment(startAt, viewer, now),
      endTime: formatTime(startAt.add({ minutes: visitType.durationMinutes }), viewer),
      practitionerStarts: sameClock(startAt, viewer.timeZone, timeZone)
        ? null
        : describeMoment(startAt, { ...viewer, timeZone }, now),
      account: booker ? { name: booker.user.name, dependants } : null,
      intake: describeIntake(questions, consents, viewer.locale),
      hold: isHeld
        ? {
            holdId: hold.holdId,
            untilTime: formatTime(hold.expiresAt, viewer),
            secondsLeft: Math.floor(hold.expiresAt.since(now).total("seconds")),
          }
        : null,
      instead:
        nearest?.map((moment) => ({
          moment,
          href: bookingPath(offer, Temporal.Instant.from(moment.iso)),
        })) ?? null,
      timesHref: timesPath(practitionerId, { visitTypeId }),
      href: bookingPath(offer, startAt),
    };
  },
);

type Start = { practitionerId: string; visitTypeId: string; startAt: Temporal.Instant };

const isHoldOf = (hold: Hold, { practitionerId, visitTypeId, startAt }: Start): boolean =>
  hold.practitionerId === practitionerId && hold.visitTypeId === visitTypeId && hold.startAt.equals(startAt);

/** Whether exactly this start can be booked. The past is not looked up: an address may name a year that no database has. */
async function isStillFree(
  {
    practitionerId,
    visitTypeId,
    startAt,
    exceptHolder,
  }: Start & { exceptHolder: Uint8Array<ArrayBuffer> | undefined },
  now: Temporal.Instant,
) {
  if (compareInstants(startAt, now) < 0) return false;
  const free = await findFreeSlots(db(), {
    practitionerIds: [practitionerId],
    visitTypeId,
    from: startAt,
    to: startAt.add({ milliseconds: 1 }),
    now,
    exceptHolder,
  });
  return (free.get(practitionerId) ?? []).length > 0;
}
