import pg from "pg";
import { Temporal } from "temporal-polyfill";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { Actor } from "@/lib/access/types";
import { findPatients } from "@/lib/booking/loaders/patients";
import { newId } from "@/lib/core/ids";
import { closeDb, db } from "@/lib/db/client";
import {
  readConversation,
  readConversationState,
  readEarlier,
  readSearch,
} from "@/lib/messaging/loaders/conversation";
import { sendMessage } from "@/lib/messaging/mutations/send";
import { saveNote } from "@/lib/records/mutations/notes";
import { saveSummary } from "@/lib/records/mutations/summary";
import { actorOf, beginTalk, type Talk } from "../messaging/talk";

vi.mock("next/headers", () => ({ headers: async () => new Headers(), cookies: async () => new Map() }));

const now = Temporal.Now.instant().round("second");
// Read at the first use, which is below: several tests share one clock.
process.env.TRUECONF_GUEST_SEATS = "1000";

/** As the owner, who alone can take a right away. */
async function asOwner(statement: string) {
  const client = new pg.Client({ connectionString: process.env.DATABASE_OWNER_URL });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

const say = (talk: Talk, text: string) => {
  const { conversationId } = talk;
  return sendMessage(talk.patient, "patient", { conversationId, clientId: newId(), text }, now);
};

let talk: Talk;
beforeAll(async () => {
  talk = await beginTalk(now);
  await say(talk, "A sealed question");
});
afterAll(closeDb);

const eventsOf = (action: string, entityId: string) =>
  db().auditEvent.findMany({ where: { action, entityId }, orderBy: { sequence: "asc" } });

/** The same practitioner at another place, which begins a sitting of its own. */
const from = (address: string, side: "patient" | "practitioner" = "practitioner") =>
  ({ ...actorOf(talk, side), address }) as Actor;

describe("reading messages", () => {
  it.each([
    ["the page", readConversation],
    ["its changing part", readConversationState],
    ["what was before", (actor: Actor, side: "practitioner", id: string) => readEarlier(actor, side, id, 9)],
    ["a search", (actor: Actor, side: "practitioner", id: string) => readSearch(actor, side, id, "question")],
  ] as const)("is in the trail by %s, once for a sitting, with who and from where", async (place, read) => {
    const address = `192.0.2.${place.length}`;
    for (let again = 0; again < 2; again += 1) {
      const shown = await read(from(address), "practitioner", talk.conversationId);
      expect(JSON.stringify(shown)).toContain("A sealed question");
    }
    const events = (await eventsOf("conversation.read", talk.conversationId)).filter(
      (event) => event.address === address,
    );
    expect(events).toMatchObject([
      { actorPseudonym: talk.practitioner.pseudonym, details: { as: "practitioner" }, outcome: "success" },
    ]);
    const { patient } = await db().conversation.findUniqueOrThrow({
      where: { id: talk.conversationId },
      include: { patient: true },
    });
    expect(events[0]?.subjectPseudonym).toBe(patient.pseudonym);
  });

  it("is in it for the patient too, by account or link", async () => {
    await readConversation(from("198.51.100.1", "patient"), "patient", talk.conversationId);
    const events = await eventsOf("conversation.read", talk.conversationId);
    expect(events.filter(({ address }) => address === "198.51.100.1")).toMatchObject([
      { actorKind: "link", details: { as: "patient" } },
    ]);
  });

  it("that is somebody else's shows nothing and is no reading", async () => {
    const other = await beginTalk(now);
    expect(await readConversation(other.practitioner, "practitioner", talk.conversationId)).toBeUndefined();
    const events = await eventsOf("conversation.read", talk.conversationId);
    expect(events.some((event) => event.actorPseudonym === other.practitioner.pseudonym)).toBe(false);
  });
});

describe("a search for patients", () => {
  it("is in the history of each who came up, once for a sitting", async () => {
    const { patient } = await db().appointment.findUniqueOrThrow({
      where: { id: talk.appointmentId },
      include: { patient: true },
    });
    for (let again = 0; again < 2; again += 1)
      expect(await findPatients(talk.practitioner, patient.name)).toHaveLength(1);
    const found = { action: "patient.found", subjectPseudonym: patient.pseudonym };
    expect(await db().auditEvent.findMany({ where: found })).toMatchObject([
      { actorPseudonym: talk.practitioner.pseudonym, entityId: null },
    ]);
    const searches = { action: "patients.searched", actorPseudonym: talk.practitioner.pseudonym };
    expect(await db().auditEvent.count({ where: searches })).toBe(2);
  });
});

describe("a summary's draft", () => {
  it("is in the trail once for a sitting", async () => {
    await db().encounter.update({
      where: { id: talk.encounterId },
      data: { status: "finished", startedAt: new Date(), endedAt: new Date() },
    });
    const draft = { appointmentId: talk.appointmentId, part: 0, text: "Draft" };
    for (const revision of [0, 1])
      expect(await saveSummary(talk.practitioner, { ...draft, revision }, now)).toMatchObject({ ok: true });
    await saveSummary(talk.practitioner, { ...draft, revision: 2 }, now.add({ minutes: 11 }));
    expect(await eventsOf("summary.drafted", talk.encounterId)).toHaveLength(2);
  });
});

describe("what cannot be written into the trail", () => {
  it("is neither shown nor done", async () => {
    const fresh = await beginTalk(now);
    await say(fresh, "Not to be read unseen");
    const { appointmentId, conversationId, practitioner } = fresh;
    const save = () => saveNote(practitioner, { appointmentId, version: 0, text: "A note" }, now);
    await asOwner("REVOKE INSERT ON audit_event FROM portal_app");
    try {
      await expect(readConversation(practitioner, "practitioner", conversationId)).rejects.toThrow();
      await expect(readSearch(practitioner, "practitioner", conversationId, "unseen")).rejects.toThrow();
      await expect(save()).rejects.toThrow();
      expect(await db().visitNote.count({ where: { encounterId: fresh.encounterId } })).toBe(0);
    } finally {
      await asOwner("GRANT INSERT ON audit_event TO portal_app");
    }
    expect(await readConversation(practitioner, "practitioner", conversationId)).toBeDefined();
    expect((await save()).ok).toBe(true);
  });
});
