import "server-only";
import type { Temporal } from "temporal-polyfill";
import { findFreeSlots } from "@/lib/availability/data/slots";
import type { FreeSlot } from "@/lib/availability/types";
import { db } from "@/lib/db/client";
import { loadViewer } from "@/lib/i18n/viewer";
import { readVisitorHash } from "@/lib/security/visitor";
import { describeMoment, type MomentDto } from "@/lib/time/format";
import { compareInstants } from "@/lib/time/instant";
import { listCurrentConsents, listIntakeQuestions } from "../data/intake";
import { describeIntake } from "../format/intake";
import { checkAnswers } from "../rules/intake";
import type { BookingRefusal } from "../types/booking";
import type { BookingHelpDto } from "../types/form";

type Start = { practitionerId: string; visitTypeId: string; startAt: Temporal.Instant };
type Sent = Start & { answers: Readonly<Record<string, string>>; consentTextIds: readonly string[] };

/** What helps whoever was refused: what to mend in the answers, or other times. */
export async function loadBookingHelp(
  reason: BookingRefusal | "not_a_patient",
  sent: Sent,
  now: Temporal.Instant,
): Promise<BookingHelpDto> {
  if (reason !== "answers" && reason !== "consents")
    return { times: await loadNearestTimes(sent, now), intake: null };
  return { times: [], intake: await loadIntakeHelp(sent) };
}

/** The questions and texts as they are now, with what is wrong in what was sent. */
export async function loadIntakeHelp(
  sent: Pick<Sent, "answers" | "consentTextIds"> & { visitTypeId: string },
): Promise<NonNullable<BookingHelpDto["intake"]>> {
  const { locale } = await loadViewer();
  const [questions, consents] = await Promise.all([
    listIntakeQuestions(db(), sent.visitTypeId),
    listCurrentConsents(db()),
  ]);
  const current = consents.map(({ consentTextId }) => consentTextId);
  const isOutdated = sent.consentTextIds.some((id) => !current.includes(id));
  const missing = current
    .filter((id) => !sent.consentTextIds.includes(id))
    .map((consentTextId) => ({ consentTextId, isChanged: isOutdated }));
  const { faults } = checkAnswers(questions, sent.answers);
  return { ...describeIntake(questions, consents, locale), faults, missing };
}

const WITHIN_DAYS = 7;
const AT_MOST = 4;

/** The free times nearest to one that was taken, earliest first, on the viewer's clock. */
export async function loadNearestTimes(
  { practitionerId, visitTypeId, startAt }: Start,
  now: Temporal.Instant,
): Promise<MomentDto[]> {
  const [viewer, exceptHolder] = [await loadViewer(), await readVisitorHash()];
  // A time that has passed has its nearest ones from now on.
  const around = compareInstants(startAt, now) < 0 ? now : startAt;
  const free = await findFreeSlots(db(), {
    practitionerIds: [practitionerId],
    visitTypeId,
    from: around.subtract({ hours: WITHIN_DAYS * 24 }),
    to: around.add({ hours: WITHIN_DAYS * 24 }),
    now,
    exceptHolder,
  });
  const distance = (slot: FreeSlot) => Math.abs(slot.startAt.epochMilliseconds - around.epochMilliseconds);
  return (free.get(practitionerId) ?? [])
    .toSorted((a, b) => distance(a) - distance(b))
    .slice(0, AT_MOST)
    .toSorted((a, b) => compareInstants(a.startAt, b.startAt))
    .map((slot) => describeMoment(slot.startAt, viewer, now));
}
