import { randomUUID } from "node:crypto";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { conversationScope } from "@/lib/access/rules";
import { env } from "@/lib/core/env";
import { db } from "@/lib/db/client";
import { MESSAGE_MAX_LENGTH, MESSAGES_PER_PAGE, SEND_LIMIT } from "@/lib/messaging/constants";
import { findConversation, listContacts, listConversations } from "@/lib/messaging/data/conversations";
import { listMessages, listMessagesAfter, searchMessages } from "@/lib/messaging/data/messages";
import { markConversation } from "@/lib/messaging/mutations/mark";
import { openConversation } from "@/lib/messaging/mutations/open";
import { sendMessage } from "@/lib/messaging/mutations/send";
import type { Side } from "@/lib/messaging/types";
import { minuteNow } from "../booking/clinic";
import { openStage } from "../visits/stage";
import { actorOf, beginTalk, scopeOf, type Talk } from "./talk";

let sandbox: Awaited<ReturnType<typeof openStage>>;
beforeAll(async () => {
  sandbox = await openStage();
});
afterAll(() => sandbox.stop());

const now = minuteNow();
const MARK = "Xyzzoma";
const begun = () => beginTalk(now);

const say = (talk: Talk, side: Side, text: string, { clientId = randomUUID(), at = now } = {}) =>
  sendMessage(actorOf(talk, side), side, { conversationId: talk.conversationId, clientId, text }, at);

/** Sends and gives the number. */
async function said(talk: Talk, side: Side, text: string): Promise<number> {
  const sent = await say(talk, side, text);
  if (!sent.ok) throw new Error(sent.reason);
  return sent.value.sequence;
}

const mark = (talk: Talk, side: Side, marks: { delivered: number; read: number }) =>
  markConversation(actorOf(talk, side), side, { conversationId: talk.conversationId, ...marks }, now);

const marksOf = async (talk: Talk, side: Side) => {
  const { conversationId } = talk;
  const row = await db().conversationReader.findUniqueOrThrow({
    where: { conversationId_side: { conversationId, side } },
  });
  return [row.deliveredSequence, row.readSequence];
};

const unreadOf = async (talk: Talk, side: Side) => {
  const { conversations } = await listConversations(db(), conversationScope(actorOf(talk, side), side), side);
  return conversations.find(({ id }) => id === talk.conversationId)?.unread;
};

const noticesOf = (talk: Talk) =>
  db().notification.count({ where: { kind: "messages_unread", conversationId: talk.conversationId } });

describe("a conversation", () => {
  it("is one for two who have a visit, whoever opens it, at once too", async () => {
    const talk = await begun();
    const open = (side: Side) => openConversation(actorOf(talk, side), side, talk, now);
    for (const opened of await Promise.all([open("patient"), open("practitioner")]))
      expect(opened).toEqual({ ok: true, value: { conversationId: talk.conversationId } });
    expect(await db().auditEvent.count({ where: { entityId: talk.conversationId } })).toBe(1);
  });

  it("is not opened by strangers, nor from the other's side", async () => {
    const [talk, other] = [await begun(), await begun()];
    const refused = { ok: false, reason: "not_found" };
    expect(await openConversation(other.practitioner, "practitioner", talk, now)).toEqual(refused);
    expect(await openConversation(other.patient, "patient", talk, now)).toEqual(refused);
    expect(await openConversation(talk.patient, "practitioner", talk, now)).toEqual(refused);
    expect(await openConversation({ kind: "anonymous" }, "patient", talk, now)).toEqual(refused);
    const strange = { patientId: talk.patientId, practitionerId: "none" };
    expect(await openConversation(talk.patient, "patient", strange, now)).toEqual(refused);
  });

  it("is offered with those whom somebody has a visit with", async () => {
    const talk = await begun();
    const pair = { patientId: talk.patientId, practitionerId: talk.practitionerId };
    expect(await listContacts(db(), talk.patient, "patient")).toEqual([pair]);
    expect(await listContacts(db(), talk.practitioner, "practitioner")).toContainEqual(pair);
    expect(await listContacts(db(), talk.patient, "practitioner")).toEqual([]);
  });

  it("is listed for its two alone once something was written, the last one first", async () => {
    const [talk, other] = [await begun(), await begun()];
    expect(await unreadOf(talk, "practitioner")).toBeUndefined();
    await said(talk, "patient", "Hello");
    expect(await unreadOf(talk, "practitioner")).toBe(1);
    expect(await unreadOf(talk, "patient")).toBe(0);
    for (const [actor, side] of [
      [other.practitioner, "practitioner"],
      [other.patient, "patient"],
      [talk.patient, "practitioner"],
      [{ kind: "anonymous" }, "patient"],
      [{ kind: "system" }, "practitioner"],
    ] as const)
      expect(
        await findConversation(db(), conversationScope(actor, side), talk.conversationId),
      ).toBeUndefined();
  });
});

describe("a message", () => {
  it("gets the next number, also of many sent at once", async () => {
    const talk = await begun();
    const sides: Side[] = ["patient", "practitioner"];
    await Promise.all(Array.from({ length: 12 }, (_, i) => said(talk, sides[i % 2] as Side, `No. ${i}`)));
    const { messages, earlier } = await listMessages(db(), scopeOf(talk), talk.conversationId);
    expect(messages.map(({ sequence }) => sequence)).toEqual(Array.from({ length: 12 }, (_, i) => i + 1));
    expect(earlier).toBeUndefined();
  });

  it("that is sent twice is one, at once too", async () => {
    const talk = await begun();
    const clientId = randomUUID();
    const sent = await Promise.all([1, 2, 3].map(() => say(talk, "patient", "Once", { clientId })));
    expect(sent).toEqual(sent.map(() => ({ ok: true, value: { sequence: 1 } })));
    expect(await said(talk, "patient", "Twice")).toBe(2);
    expect((await say(talk, "practitioner", "Mine", { clientId })).ok).toBe(false);
  });

  it("is sealed, and written by its two alone", async () => {
    const [talk, other] = [await begun(), await begun()];
    await said(talk, "patient", `${MARK} hurts`);
    const client = new pg.Client({ connectionString: env().DATABASE_URL });
    await client.connect();
    const { rows } = await client.query(`SELECT m::text AS line FROM "message" m`);
    await client.end();
    expect(rows.map(({ line }) => line).join("\n")).not.toContain(MARK);
    const refused = { ok: false, reason: "not_found" };
    expect(await say({ ...talk, practitioner: other.practitioner }, "practitioner", "?")).toEqual(refused);
    expect(await say({ ...talk, patient: other.patient }, "patient", "?")).toEqual(refused);
    expect(await say({ ...talk, conversationId: "none" }, "patient", "?")).toEqual(refused);
    expect(await say({ ...talk, patient: { kind: "anonymous" } }, "patient", "?")).toEqual(refused);
  });

  it("is refused when empty, too long, or one of a thousand in a minute", async () => {
    const talk = await begun();
    expect(await say(talk, "patient", " \n")).toEqual({ ok: false, reason: "empty" });
    expect(await say(talk, "patient", "x".repeat(100_000))).toEqual({ ok: false, reason: "too_long" });
    expect((await say(talk, "patient", "x".repeat(MESSAGE_MAX_LENGTH))).ok).toBe(true);
    for (let sent = 1; sent < SEND_LIMIT.max; sent += 1) await said(talk, "patient", `${sent}`);
    expect(await say(talk, "patient", "One more")).toEqual({
      ok: false,
      reason: "too_many",
      retryAfterSeconds: expect.any(Number),
    });
    expect((await say(talk, "practitioner", "I may")).ok).toBe(true);
    const later = now.add({ seconds: SEND_LIMIT.windowSeconds });
    expect((await say(talk, "patient", "Again", { at: later })).ok).toBe(true);

    const { messages, earlier } = await listMessages(db(), scopeOf(talk), talk.conversationId);
    expect(messages).toHaveLength(MESSAGES_PER_PAGE);
    expect(messages.at(-1)?.text).toBe("Again");
    const before = await listMessages(db(), scopeOf(talk), talk.conversationId, earlier);
    expect(before.messages.at(-1)?.sequence).toBe((earlier ?? 0) - 1);
    expect([before.messages[0]?.sequence, before.earlier]).toEqual([1, undefined]);
    const missed = await listMessagesAfter(db(), scopeOf(talk), talk.conversationId, SEND_LIMIT.max);
    expect(missed.map(({ text }) => text)).toEqual(["I may", "Again"]);
  });
});

describe("marks", () => {
  it("go forward only, and no further than what was written", async () => {
    const talk = await begun();
    for (const text of ["One", "Two", "Three"]) await said(talk, "patient", text);
    await mark(talk, "practitioner", { delivered: 3, read: 1 });
    expect(await marksOf(talk, "practitioner")).toEqual([3, 1]);
    expect(await unreadOf(talk, "practitioner")).toBe(2);
    await mark(talk, "practitioner", { delivered: 1, read: 0 });
    expect(await marksOf(talk, "practitioner")).toEqual([3, 1]);
    await mark(talk, "practitioner", { delivered: 0, read: Number.MAX_SAFE_INTEGER });
    expect(await marksOf(talk, "practitioner")).toEqual([3, 3]);
    expect(await unreadOf(talk, "practitioner")).toBe(0);
  });

  it("run on over one's own messages, and stop at the next one of the other", async () => {
    const talk = await begun();
    await said(talk, "patient", "Question");
    await said(talk, "practitioner", "Something else");
    expect(await marksOf(talk, "practitioner")).toEqual([0, 0]);
    await mark(talk, "practitioner", { delivered: 1, read: 1 });
    expect(await marksOf(talk, "practitioner")).toEqual([2, 2]);
    await said(talk, "practitioner", "Answer");
    expect(await marksOf(talk, "practitioner")).toEqual([3, 3]);
  });

  it("are one's own, and the reading is in the trail once", async () => {
    const [talk, other] = [await begun(), await begun()];
    await said(talk, "patient", "Hello");
    const strange = await mark({ ...talk, practitioner: other.practitioner }, "practitioner", {
      delivered: 1,
      read: 1,
    });
    expect(strange).toEqual({ ok: false, reason: "not_found" });
    for (let again = 0; again < 2; again += 1) await mark(talk, "practitioner", { delivered: 1, read: 1 });
    const where = { action: "conversation.read", entityId: talk.conversationId };
    expect(await db().auditEvent.count({ where })).toBe(1);
  });
});

describe("the mail that something is unread", () => {
  it("is queued once for each stretch, to the other side", async () => {
    const talk = await begun();
    await said(talk, "practitioner", "One");
    await said(talk, "practitioner", "Two");
    expect(await noticesOf(talk)).toBe(1);
    await mark(talk, "patient", { delivered: 2, read: 2 });
    await said(talk, "patient", "Thanks");
    expect(await noticesOf(talk)).toBe(2);
    await said(talk, "practitioner", "Three");
    expect(await noticesOf(talk)).toBe(3);
    const rows = await db().notification.findMany({
      where: { conversationId: talk.conversationId },
      orderBy: { id: "asc" },
    });
    expect(rows.map(({ patientId, userId }) => patientId ?? userId)).toEqual([
      talk.patientId,
      talk.practitioner.userId,
      talk.patientId,
    ]);
  });
});

describe("a search", () => {
  it("finds in one conversation, in whatever case, the latest first", async () => {
    const [talk, other] = [await begun(), await begun()];
    for (const text of ["Болит КОЛЕНО", "no", "колено лучше"]) await said(talk, "patient", text);
    await said(other, "patient", "Колено");
    const { found, isComplete } = await searchMessages(db(), scopeOf(talk), talk.conversationId, " Колено ");
    expect([found.map(({ sequence }) => sequence), isComplete]).toEqual([[3, 1], true]);
    expect(await searchMessages(db(), scopeOf(talk), talk.conversationId, " ")).toEqual({
      found: [],
      isComplete: true,
    });
  });

  it("says when it has stopped before the beginning", async () => {
    const talk = await begun();
    for (const text of ["knee", "knee", "no"]) await said(talk, "patient", text);
    const search = async (read: number, found: number) => {
      const result = await searchMessages(db(), scopeOf(talk), talk.conversationId, "knee", { read, found });
      return [result.found.length, result.isComplete];
    };
    expect(await search(2, 50)).toEqual([1, false]);
    expect(await search(3, 50)).toEqual([2, true]);
    expect(await search(50, 1)).toEqual([1, false]);
  });
});
