import "server-only";
import type { Temporal } from "temporal-polyfill";
import { patientScope } from "@/lib/access/rules";
import type { Actor } from "@/lib/access/types";
import { findFreeSlots } from "@/lib/availability/data/slots";
import { readIntake } from "@/lib/booking/data/answers";
import { listCurrentConsents, listIntakeQuestions } from "@/lib/booking/data/intake";
import { bookingPath, timesPath } from "@/lib/booking/format/paths";
import { checkAnswers } from "@/lib/booking/rules/intake";
import { db } from "@/lib/db/client";
import { describeMoment, type Viewer } from "@/lib/time/format";
import { toInstant } from "@/lib/time/instant";
import type { VisitRow } from "../data/visits";
import { nearestTimes } from "../rules/nearest";
import type { RebookingDto } from "../types/rebook";

/** How many times are offered, of one day and in all, and how far ahead they are looked for. */
const TIMES = { perDay: 3, total: 6 };
const AHEAD_HOURS = 14 * 24;

/** What a patient can book in the place of a visit that did not take place. */
export async function readRebooking(
  visit: VisitRow,
  { actor, viewer }: { actor: Actor; viewer: Viewer },
  now: Temporal.Instant,
): Promise<RebookingDto> {
  const { practitionerId, visitTypeId } = visit;
  const [follower, free, isEnough] = await Promise.all([
    db().appointment.findFirst({
      where: {
        followsId: visit.id,
        follows: patientScope(actor),
        status: { in: ["booked", "arrived"] },
      },
      orderBy: { createdAt: "desc" },
      select: { id: true, startAt: true },
    }),
    findFreeSlots(db(), {
      practitionerIds: [practitionerId],
      visitTypeId,
      from: now,
      to: now.add({ hours: AHEAD_HOURS }),
      now,
    }),
    isIntakeEnough(actor, visit),
  ]);
  const slots = nearestTimes(free.get(practitionerId) ?? [], { timeZone: viewer.timeZone, ...TIMES });
  return {
    times: slots.map(({ startAt }) => ({
      starts: describeMoment(startAt, viewer, now),
      href: isEnough ? null : bookingPath({ practitionerId, visitTypeId }, startAt),
    })),
    timesHref: timesPath(practitionerId, { visitTypeId }),
    booked: follower && {
      starts: describeMoment(toInstant(follower.startAt), viewer, now),
      href: actor.kind === "link" ? null : `/visit/${follower.id}`,
    },
  };
}

/** Whether what was answered and agreed to then is all that is asked for now. */
async function isIntakeEnough(actor: Actor, { id, visitTypeId }: VisitRow): Promise<boolean> {
  const [given, questions, consents] = await Promise.all([
    readIntake(db(), patientScope(actor), id),
    listIntakeQuestions(db(), visitTypeId),
    listCurrentConsents(db()),
  ]);
  const { faults } = checkAnswers(questions, given.answers);
  return (
    Object.keys(faults).length === 0 &&
    consents.every(({ consentTextId }) => given.consentTextIds.includes(consentTextId))
  );
}
