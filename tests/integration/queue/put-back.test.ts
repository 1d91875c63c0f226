import { describe, expect, it } from "vitest";
import { newId } from "@/lib/core/ids";
import { db } from "@/lib/db/client";
import { RETURN_AFTER_SECONDS } from "@/lib/queue/constants";
import { findEntryByToken } from "@/lib/queue/data/entry";
import { acceptOffer } from "@/lib/queue/mutations/answer";
import { dispatchQueue } from "@/lib/queue/mutations/dispatch";
import { beatDuty, setDuty } from "@/lib/queue/mutations/duty";
import { enterFromPlace, enterFromVisit } from "@/lib/queue/mutations/enter";
import { beatEntry, joinQueue } from "@/lib/queue/mutations/join";
import { putBackUnstarted } from "@/lib/queue/mutations/put-back";
import { seal } from "@/lib/security/seal";
import { toDate } from "@/lib/time/instant";
import { findLinkedAppointment } from "@/lib/visits/data/visits";
import { beginPresence, endPresence } from "@/lib/visits/mutations/presence";
import { minuteNow } from "../booking/clinic";
import { guestForm, openOffers, openQueue } from "./line";

const now = minuteNow();
const later = (seconds: number) => now.add({ seconds });
const LATE = RETURN_AFTER_SECONDS + 1;

/** The first of a line was accepted by the only practitioner on duty; another one has come, and waits. */
async function accepted() {
  const queue = await openQueue(now, 2);
  const [actor, colleague] = queue.actors;
  if (!actor || !colleague) throw new Error("two practitioners");
  await setDuty(actor, true, now);
  const joined = await joinQueue(await guestForm(queue), now.subtract({ seconds: 5 }));
  if (!joined.ok) throw new Error(joined.reason);
  const { entryId, token } = joined.value;
  await beatEntry(entryId, now);
  await dispatchQueue(queue.specialtyId, now);
  const [offer] = await openOffers(queue);
  const taken = await acceptOffer(actor, offer?.id ?? "", now);
  if (!taken.ok) throw new Error(taken.reason);
  const { appointmentId } = taken.value;
  const { id: encounterId } = await db().encounter.findUniqueOrThrow({ where: { appointmentId } });
  const next = await joinQueue(await guestForm(queue), now);
  if (!next.ok) throw new Error(next.reason);
  return { queue, actor, colleague, entryId, token, appointmentId, encounterId, nextId: next.value.entryId };
}

const sealed = (text: string) => {
  const { sealed: textSealed, keyId: textKeyId } = seal(text, "nowhere");
  return { textSealed, textKeyId };
};

const statusOf = async (entryId: string) =>
  (await db().queueEntry.findUniqueOrThrow({ where: { id: entryId } })).status;

describe("a visit that was accepted and did not begin", () => {
  it("goes back to the same place in the line, for the next practitioner, and leaves nothing behind", async () => {
    const { queue, actor, colleague, entryId, token, appointmentId, encounterId, nextId } = await accepted();
    const before = await db().queueEntry.findUniqueOrThrow({ where: { id: entryId } });
    await beginPresence(
      { appointmentId, encounterId, side: "patient", thirdPersonId: null },
      newId(),
      later(LATE),
    );
    await putBackUnstarted(later(RETURN_AFTER_SECONDS - 1));
    expect(await statusOf(entryId)).toBe("accepted");

    // By two clocks at once: one of them does it.
    const twice = await Promise.all([putBackUnstarted(later(LATE)), putBackUnstarted(later(LATE))]);
    expect(twice.toSorted()).toEqual([0, 1]);
    expect(await db().queueEntry.findUniqueOrThrow({ where: { id: entryId } })).toMatchObject({
      status: "waiting",
      joinedAt: before.joinedAt,
      appointmentId: null,
      endedAt: null,
    });
    const visit = await db().appointment.findUniqueOrThrow({
      where: { id: appointmentId },
      include: { encounter: true, slot: true, notifications: true },
    });
    expect(visit).toMatchObject({
      status: "cancelled",
      cancelledBy: "system",
      slot: null,
      notifications: [],
    });
    expect(visit.encounter?.status).toBe("cancelled");
    expect(await db().queueDuty.count({ where: { practitionerId: actor.practitionerId } })).toBe(0);
    const said = await db().auditEvent.findMany({ where: { entityId: { in: [entryId, appointmentId] } } });
    expect(said.map(({ action }) => action)).toEqual(
      expect.arrayContaining(["appointment.cancelled", "queue.put_back"]),
    );

    // Before whoever came after them, with the colleague.
    await beatEntry(nextId, later(LATE));
    await setDuty(colleague, true, later(LATE));
    const [offer] = await openOffers(queue);
    expect(offer).toMatchObject({ entryId, practitionerId: colleague.practitionerId });
    expect(await enterFromPlace(token, later(LATE))).toEqual({ ok: false, reason: "not_found" });
    const again = await acceptOffer(colleague, offer?.id ?? "", later(LATE));
    const entered = await enterFromPlace(token, later(LATE));
    expect(entered.ok && (await findLinkedAppointment(db(), entered.value))).toMatchObject({
      appointmentId: again.ok && again.value.appointmentId,
    });
  });

  it("leads from its own page to the place, and nobody else there", async () => {
    const { entryId, token, appointmentId } = await accepted();
    const entered = await enterFromPlace(token, now);
    const { patientPseudonym } = (entered.ok && (await findLinkedAppointment(db(), entered.value))) || {};
    if (patientPseudonym === undefined) throw new Error("no way to the visit");
    const actor = { kind: "link", appointmentId, patientPseudonym } as const;
    expect(await enterFromVisit(actor, appointmentId, now)).toEqual({ ok: false, reason: "not_found" });
    await putBackUnstarted(later(LATE));
    const back = await enterFromVisit(actor, appointmentId, later(LATE));
    expect(back.ok && (await findEntryByToken(db(), back.value))).toMatchObject({ id: entryId });
    const stranger = { ...actor, appointmentId: (await accepted()).appointmentId };
    expect(await enterFromVisit(stranger, appointmentId, later(LATE))).toMatchObject({ ok: false });
  });

  it("stays with a practitioner who is at its page, or was a moment ago", async () => {
    const { entryId, appointmentId, encounterId } = await accepted();
    const page = newId();
    const attendee = { appointmentId, encounterId, side: "practitioner", thirdPersonId: null } as const;
    await beginPresence(attendee, page, now);
    await putBackUnstarted(later(10 * LATE));
    expect(await statusOf(entryId)).toBe("accepted");
    await endPresence(attendee, page, later(10 * LATE));
    await putBackUnstarted(later(10 * LATE + RETURN_AFTER_SECONDS - 1));
    expect(await statusOf(entryId)).toBe("accepted");
    await putBackUnstarted(later(11 * LATE));
    expect(await statusOf(entryId)).toBe("waiting");
  });

  it("stays with a colleague who has just taken it, until they are late too", async () => {
    const { actor, colleague, entryId, encounterId } = await accepted();
    await db().handover.create({
      data: {
        id: newId(),
        encounterId,
        fromPractitionerId: actor.practitionerId ?? "",
        toPractitionerId: colleague.practitionerId ?? "",
        status: "accepted",
        createdAt: toDate(now),
        decidedAt: toDate(later(LATE)),
      },
    });
    await putBackUnstarted(later(LATE + RETURN_AFTER_SECONDS - 1));
    expect(await statusOf(entryId)).toBe("accepted");
    await putBackUnstarted(later(2 * LATE));
    expect(await statusOf(entryId)).toBe("waiting");
  });

  it("is none that was held: it is called again, and not sent back", async () => {
    const [called, noted] = [await accepted(), await accepted()];
    const interval = { fromAt: toDate(later(1)), toAt: toDate(later(2)) };
    await db().attendance.create({
      data: {
        id: newId(),
        encounterId: called.encounterId,
        source: "participants",
        side: "patient",
        ...interval,
      },
    });
    const { textSealed, textKeyId } = sealed("An invented note");
    await db().visitNote.create({
      data: {
        id: newId(),
        encounterId: noted.encounterId,
        practitionerId: noted.actor.practitionerId ?? "",
        version: 1,
        textSealed,
        textKeyId,
        createdAt: toDate(later(1)),
      },
    });
    await putBackUnstarted(later(2 * LATE));
    expect(await statusOf(called.entryId)).toBe("accepted");
    expect(await statusOf(noted.entryId)).toBe("accepted");
  });

  it("stays with one whose account is being rung, and is over for the line once it has begun", async () => {
    const [rung, begun] = [await accepted(), await accepted()];
    await db().encounter.update({
      where: { id: rung.encounterId },
      data: { calledAt: new Date(later(60).epochMilliseconds) },
    });
    await db().encounter.update({
      where: { id: begun.encounterId },
      data: { status: "in_progress", startedAt: new Date() },
    });
    await putBackUnstarted(later(LATE));
    expect(await statusOf(rung.entryId)).toBe("accepted");
    await putBackUnstarted(later(60 + LATE));
    expect(await statusOf(rung.entryId)).toBe("waiting");
    expect(await statusOf(begun.entryId)).toBe("accepted");
  });

  it("rings nobody for a patient who has gone meanwhile", async () => {
    const { queue, colleague, entryId } = await accepted();
    await putBackUnstarted(later(LATE));
    await setDuty(colleague, true, later(LATE));
    await beatDuty(colleague.practitionerId, later(LATE));
    expect((await openOffers(queue)).filter((offer) => offer.entryId === entryId)).toEqual([]);
    expect(await statusOf(entryId)).toBe("waiting");
  });
});
