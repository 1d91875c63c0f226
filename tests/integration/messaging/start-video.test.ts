import type { Temporal } from "temporal-polyfill";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Actor } from "@/lib/access/types";
import { db } from "@/lib/db/client";
import { findCardVisit, listCards } from "@/lib/messaging/data/cards";
import { listMessages } from "@/lib/messaging/data/messages";
import { openConversation } from "@/lib/messaging/mutations/open";
import { findLinkedAppointment } from "@/lib/visits/data/visits";
import { arrive } from "@/lib/visits/mutations/arrive";
import { endVisit } from "@/lib/visits/mutations/end-visit";
import { acceptHandover, offerHandover } from "@/lib/visits/mutations/handover";
import { joinVisit } from "@/lib/visits/mutations/join";
import { startVisit } from "@/lib/visits/mutations/start";
import { linkToChatVisit, startFromChat } from "@/lib/visits/mutations/start-from-chat";
import { makePractitioner } from "@/tests/support/factories";
import { minuteNow } from "../booking/clinic";
import { openStage, practitionerActor, requestsOf } from "../visits/stage";
import { beginTalk, scopeOf, type Talk } from "./talk";

let sandbox: Awaited<ReturnType<typeof openStage>>;
beforeAll(async () => {
  sandbox = await openStage();
});
afterAll(() => sandbox.stop());

const now = minuteNow();
const later = (minutes: number) => now.add({ minutes });

/** Two who had a visit agreed for tomorrow, so that nothing stands in the way today. */
const begun = () =>
  beginTalk(now, now.round({ smallestUnit: "hour", roundingMode: "ceil" }).add({ hours: 24 }));

const start = (talk: Talk, at: Temporal.Instant = now) =>
  startFromChat(talk.practitioner, talk.conversationId, at);

async function started(talk: Talk, at?: Temporal.Instant): Promise<string> {
  const visit = await start(talk, at);
  if (!visit.ok) throw new Error(visit.reason);
  return visit.value.appointmentId;
}

const cardOf = async (talk: Talk, at: Temporal.Instant = now) => {
  const { messages } = await listMessages(db(), scopeOf(talk), talk.conversationId);
  return [...(await listCards(db(), scopeOf(talk), messages, at)).values()].at(-1);
};

/** The patient of the card, by the link that it gave. */
async function patientOf(talk: Talk, appointmentId: string): Promise<Actor> {
  const linked = await linkToChatVisit(talk.patient, appointmentId, now);
  if (!linked.ok) throw new Error(linked.reason);
  const found = await findLinkedAppointment(db(), linked.value);
  if (!found) throw new Error("the link leads nowhere");
  expect(found.appointmentId).toBe(appointmentId);
  return { kind: "link", appointmentId, patientPseudonym: found.patientPseudonym };
}

describe("a conversation that becomes a visit", () => {
  it("has a card that lives through it and then tells how long it took", async () => {
    const talk = await begun();
    const appointmentId = await started(talk);
    expect(await cardOf(talk)).toMatchObject({
      appointmentId,
      state: "waiting",
      minutes: null,
      handedTo: null,
    });
    const patient = await patientOf(talk, appointmentId);
    expect((await arrive(patient, appointmentId, now)).ok).toBe(true);
    await requestsOf(sandbox);
    expect((await startVisit(talk.practitioner, appointmentId, "en", now)).ok).toBe(true);
    expect((await requestsOf(sandbox))[0]).toMatch(/^POST \/conferences/);
    expect((await cardOf(talk))?.state).toBe("live");
    const joined = await joinVisit(patient, appointmentId, "en", now);
    expect(joined.ok).toBe(true);
    await endVisit(talk.practitioner, appointmentId, later(12));
    expect(await cardOf(talk, later(13))).toMatchObject({ appointmentId, state: "ended", minutes: 12 });
    const conference = await db().conference.findFirstOrThrow({ where: { encounter: { appointmentId } } });
    expect(conference.isVirtual).toBe(true);
  });

  it("is one visit, however often and however much at once it is asked for", async () => {
    const talk = await begun();
    const visits = await Promise.all([1, 2, 3].map(() => start(talk)));
    const ids = new Set(visits.map((visit) => (visit.ok ? visit.value.appointmentId : visit.reason)));
    expect(ids.size).toBe(1);
    expect(await db().message.count({ where: { conversationId: talk.conversationId } })).toBe(1);
    expect(await start(talk, later(1))).toEqual(visits[0]);
  });

  it("can become another one when that is over", async () => {
    const talk = await begun();
    const first = await started(talk);
    await startVisit(talk.practitioner, first, "en", now);
    await endVisit(talk.practitioner, first, later(3));
    expect((await cardOf(talk, later(4)))?.state).toBe("unanswered");
    const second = await started(talk, later(4));
    expect(second).not.toBe(first);
    const { messages } = await listMessages(db(), scopeOf(talk), talk.conversationId);
    expect(messages.map(({ kind, sequence, side, text }) => [kind, sequence, side, text])).toEqual([
      ["visit", 1, "practitioner", ""],
      ["visit", 2, "practitioner", ""],
    ]);
  });

  it("says why not: either is in another visit, or the next one begins in a moment", async () => {
    const talk = await begun();
    await started(talk);

    const { practitionerId, visitTypeId } = await db().appointment.findUniqueOrThrow({
      where: { id: talk.appointmentId },
    });
    // Another patient of the same practitioner.
    const other = await begun();
    await db().appointment.update({
      where: { id: other.appointmentId },
      data: { practitionerId, visitTypeId },
    });
    const opened = await openConversation(
      other.patient,
      "patient",
      { patientId: other.patientId, practitionerId },
      now,
    );
    if (!opened.ok) throw new Error(opened.reason);
    expect(await startFromChat(talk.practitioner, opened.value.conversationId, now)).toEqual({
      ok: false,
      reason: "practitioner_busy",
    });

    // Another practitioner of the same patient.
    const third = await begun();
    await db().appointment.update({
      where: { id: third.appointmentId },
      data: { patientId: talk.patientId },
    });
    const again = await openConversation(
      third.practitioner,
      "practitioner",
      { patientId: talk.patientId, practitionerId: third.practitionerId },
      now,
    );
    if (!again.ok) throw new Error(again.reason);
    expect(await startFromChat(third.practitioner, again.value.conversationId, now)).toEqual({
      ok: false,
      reason: "patient_busy",
    });
    expect(await start(await beginTalk(now))).toEqual({ ok: false, reason: "too_short" });
    const { conversationId } = again.value;
    expect(await db().message.count({ where: { conversationId } })).toBe(0);
  });

  it("is not gone back to by who has handed it to a colleague, and its patient still joins it", async () => {
    const talk = await begun();
    const appointmentId = await started(talk);
    const { id, displayName } = await makePractitioner(db(), { now, timeZone: "UTC" });
    const offer = { appointmentId, practitionerId: id };
    expect(await offerHandover(talk.practitioner, offer, now)).toEqual({ ok: true });
    const { id: handoverId } = await db().handover.findFirstOrThrow({
      where: { encounter: { appointmentId }, status: "offered" },
    });
    expect((await acceptHandover(await practitionerActor(id), handoverId, now)).ok).toBe(true);
    expect(await start(talk)).toEqual({ ok: false, reason: "patient_busy" });
    expect(await cardOf(talk)).toMatchObject({ state: "waiting", handedTo: displayName });
    expect(await patientOf(talk, appointmentId)).toMatchObject({ appointmentId });
  });

  it("is begun by its own practitioner alone, and joined by its own patient", async () => {
    const [talk, other] = [await begun(), await begun()];
    const refused = { ok: false, reason: "not_found" };
    for (const stranger of [other.practitioner, talk.patient, { kind: "anonymous" } as const])
      expect(await startFromChat(stranger, talk.conversationId, now)).toEqual(refused);
    const appointmentId = await started(talk);
    expect(await linkToChatVisit(other.patient, appointmentId, now)).toEqual(refused);
    expect(await linkToChatVisit(talk.practitioner, appointmentId, now)).toEqual(refused);
    expect(await linkToChatVisit(talk.patient, talk.appointmentId, now)).toEqual(refused);
    expect(await findCardVisit(db(), other.patient, "patient", appointmentId)).toBeUndefined();
    // Once its time is over without anybody having come, there is nothing to join.
    expect(await linkToChatVisit(talk.patient, appointmentId, now.add({ hours: 8 }))).toEqual(refused);
  });

  it("mails, as any message does, that something is unread", async () => {
    const talk = await begun();
    await started(talk);
    const where = { kind: "messages_unread", conversationId: talk.conversationId } as const;
    expect(await db().notification.findMany({ where, select: { patientId: true } })).toEqual([
      { patientId: talk.patientId },
    ]);
  });
});
