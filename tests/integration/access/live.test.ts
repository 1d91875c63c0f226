import { beforeAll, describe, expect, it, vi } from "vitest";
import { LIVE_KINDS, resolveKey } from "@/app/api/live/kinds";
import { POST } from "@/app/api/live/route";
import { createSseParser } from "@/components/ui/live/sse-parser";
import { conversationScope } from "@/lib/access/rules";
import { timesKey } from "@/lib/booking/format/live-times";
import { minuteOf } from "@/lib/booking/format/times";
import { newId } from "@/lib/core/ids";
import { ok } from "@/lib/core/result";
import { db } from "@/lib/db/client";
import { transaction } from "@/lib/db/transaction";
import { findConversation } from "@/lib/messaging/data/conversations";
import { writeMessage } from "@/lib/messaging/mutations/send";
import { setDuty } from "@/lib/queue/mutations/duty";
import { seal } from "@/lib/security/seal";
import { toDate } from "@/lib/time/instant";
import { waitingMessagePlace } from "@/lib/visits/constants";
import { offerHandover } from "@/lib/visits/mutations/handover";
import { ACCOUNTS, asking, MARK, now, openPeople, PEOPLE, type Person, type Stage, startAt } from "./people";

/*
 * Everybody asks for everything that can be followed. What is not theirs is gone, and never was; what is, ends when their right to it
 * does, also in the middle of a stream.
 */

const OWN = "http://localhost:3000";
vi.mock("next-auth", () => ({
  getServerSession: async () => (asking.sid === undefined ? null : { sid: asking.sid }),
}));
vi.mock("next/headers", () => ({
  headers: async () => new Headers({ origin: OWN }),
  cookies: async () => new Map(),
}));

let stage: Stage;

beforeAll(async () => {
  stage = await openPeople();
  await offerVisit();
  await sayWhileWaiting();
  await showCard();
  await offerPlace();
});

/** The practitioner would hand the visit to the colleague, as can be done when it begins. */
async function offerVisit(): Promise<void> {
  const { actors, visit, colleagueId } = stage;
  const offer = { appointmentId: visit.appointmentId, practitionerId: colleagueId, note: MARK };
  expect(await offerHandover(actors.practitioner, offer, startAt)).toEqual({ ok: true });
}

async function sayWhileWaiting(): Promise<void> {
  const [id, { encounterId }] = [newId(), stage.visit];
  const { sealed, keyId } = seal(MARK, waitingMessagePlace(id));
  await db().waitingMessage.create({
    data: { id, encounterId, kind: "text", textSealed: sealed, textKeyId: keyId, createdAt: toDate(now) },
  });
}

/** As if the visit had begun in the two's conversation. */
async function showCard(): Promise<void> {
  const { appointmentId, conversationId } = stage.visit;
  const message = { clientId: newId(), content: { appointmentId } };
  const scope = conversationScope(stage.actors.practitioner, "practitioner");
  const conversation = await findConversation(db(), scope, conversationId);
  if (!conversation) throw new Error("the two have no conversation");
  await transaction(async (tx) => ok(await writeMessage(tx, conversation, "practitioner", message, now)));
}

/** Whoever came first into the line is offered to the practitioner, for longer than these tests last. */
async function offerPlace(): Promise<void> {
  await setDuty(stage.actors.practitioner, true, now);
  const expiresAt = toDate(now.add({ hours: 1 }));
  const { count } = await db().queueOffer.updateMany({ where: { status: "open" }, data: { expiresAt } });
  expect(count).toBe(1);
}

/** The two of the visit, and its link. */
const THE_TWO: readonly Person[] = ["patient", "practitioner", "link"];
const OTHER_PRACTICES: readonly Person[] = ["other practitioner", "colleague"];
const date = startAt.toString().slice(0, 10);

type Row = {
  key: () => string;
  /** Who is shown what it is about. */
  may: readonly Person[];
  /** Who has such a thing too, with nothing of it in there. */
  own?: readonly Person[];
  /** What shows that it is the right one; {@link MARK} where nothing is said. */
  mark?: () => string;
};

/** By kind, each of which has one at least. */
const ROWS: Readonly<Record<string, Row>> = {
  agenda: { key: () => `agenda:${date}`, may: ["practitioner"], own: OTHER_PRACTICES },
  "agenda-week": { key: () => `agenda-week:${date}`, may: ["practitioner"], own: OTHER_PRACTICES },
  appointment: { key: () => `appointment:${stage.visit.appointmentId}`, may: THE_TWO },
  card: {
    key: () => `card:${stage.visit.appointmentId}`,
    may: THE_TWO,
    mark: () => stage.visit.appointmentId,
  },
  "clinic-day": { key: () => `clinic-day:${date}`, may: ["scheduler", "administrator"] },
  conversation: { key: () => `conversation:${stage.visit.conversationId}`, may: THE_TWO },
  duty: { key: () => "duty", may: ["practitioner"], own: OTHER_PRACTICES },
  handovers: { key: () => "handovers", may: ["practitioner", "colleague"], own: ["other practitioner"] },
  "inbox:patient": { key: () => "inbox:patient", may: ["patient"], own: ["other patient"] },
  "inbox:practitioner": { key: () => "inbox:practitioner", may: ["practitioner"], own: OTHER_PRACTICES },
  queue: { key: () => `queue:${stage.placeId}`, may: ["place"], mark: () => "expectedMinutes" },
  third: { key: () => `third:${stage.visit.thirdPersonId}`, may: ["third person"], mark: () => "phase" },
  // The hour after the visit's.
  times: { key: () => timesOf(stage), may: PEOPLE, mark: () => String(minuteOf(startAt.add({ hours: 1 }))) },
  // Of the patient the practitioner has written nothing but the card.
  "unread:patient": {
    key: () => "unread:patient",
    may: ["patient"],
    own: ["other patient"],
    mark: () => '"state":1',
  },
  "unread:practitioner": {
    key: () => "unread:practitioner",
    may: ["practitioner"],
    own: OTHER_PRACTICES,
    mark: () => '"state":3',
  },
};
const NAMES = Object.entries(ROWS);

function timesOf({ practitionerId, visitTypeId }: Stage): string {
  const [fromMinute, toMinute] = [minuteOf(startAt), minuteOf(startAt.add({ hours: 6 }))];
  return timesKey({ practitionerId, visitTypeId, fromMinute, toMinute, isHolder: false });
}

/** The first thing that a browser is told of a key: its state, or that it is gone. */
async function firstOf(key: string, token: string | undefined): Promise<{ name: string; data: string }> {
  const headers = { origin: OWN, "content-type": "application/json" };
  const body = JSON.stringify({ keys: [{ key, token }] });
  const answer = await POST(new Request(`${OWN}/api/live`, { method: "POST", headers, body }));
  const events: { name: string; data: string }[] = [];
  const parse = createSseParser((event) => events.push(event));
  const decoder = new TextDecoder();
  for await (const chunk of answer.body ?? []) {
    parse(decoder.decode(chunk, { stream: true }));
    if (events[0]) return events[0];
  }
  throw new Error(`the stream of ${key} has said nothing`);
}

/** Who is told of a row what it is about, and who is told of their own instead; for everybody else it is gone. */
async function tellEverybody({ key, mark = () => MARK }: Row) {
  const told: { may: Person[]; own: Person[] } = { may: [], own: [] };
  for (const person of PEOPLE) {
    const { name, data } = await firstOf(key(), stage.as(person));
    if (name === "gone") expect(data).toBe('{"at":0}');
    else told[data.includes(mark()) ? "may" : "own"].push(person);
  }
  return told;
}

describe("what can be followed", () => {
  it("has a row here, whatever it is", () => {
    const kinds = new Set(Object.keys(ROWS).map((name) => name.split(":")[0]));
    expect([...kinds].toSorted()).toEqual([...LIVE_KINDS.keys()].toSorted());
  });

  it.each(NAMES)("is told to whoever may know it, and gone for everybody else: %s", async (_name, row) => {
    expect(await tellEverybody(row)).toEqual({ may: row.may, own: row.own ?? [] });
  });
});

type End = { of: (person: Person) => boolean; set: (isGone: boolean) => Promise<unknown> };

const isAccount = (person: Person) => (ACCOUNTS as readonly Person[]).includes(person);

/** How a right ends; set back, it is there again. */
const ENDS: Readonly<Record<string, End>> = {
  "session was ended": {
    of: isAccount,
    set: (isGone) => db().session.updateMany({ data: { revokedAt: isGone ? toDate(now) : null } }),
  },
  "session has run out": {
    of: isAccount,
    set: (isGone) =>
      db().session.updateMany({ data: { expiresAt: toDate(now.add({ hours: isGone ? -1 : 1 })) } }),
  },
  "account was disabled": {
    of: isAccount,
    set: (isGone) => db().user.updateMany({ data: { disabledAt: isGone ? toDate(now) : null } }),
  },
  "roles have changed": {
    of: isAccount,
    set: (isGone) => db().user.updateMany({ data: { sessionVersion: { increment: isGone ? 1 : -1 } } }),
  },
  "link was revoked": {
    of: (person) => !isAccount(person),
    set: (isGone) => db().accessLink.updateMany({ data: { revokedAt: isGone ? toDate(now) : null } }),
  },
};

describe("what is followed", () => {
  it.each(Object.entries(ENDS))("is gone for whoever follows it when their %s", async (_how, { of, set }) => {
    const followed: { what: string; again: () => Promise<unknown>; snapshot: () => Promise<unknown> }[] = [];
    for (const [name, { key, may, own = [] }] of NAMES.filter(([, row]) => row.may !== PEOPLE))
      for (const person of [...may, ...own].filter(of)) {
        const again = () => resolveKey(key(), stage.as(person));
        const source = await again();
        if (!source) throw new Error(`${name} is not there for ${person}`);
        followed.push({ what: `${name} for ${person}`, again, snapshot: source.snapshot });
        source.end?.();
      }
    const seen = async () => {
      const found: string[] = [];
      for (const { what, snapshot } of followed) if ((await snapshot()) !== null) found.push(what);
      return found;
    };
    expect(await seen()).toEqual(followed.map(({ what }) => what));
    await set(true);
    try {
      expect(await seen()).toEqual([]);
      for (const { what, again } of followed) expect(await again(), what).toBeUndefined();
    } finally {
      await set(false);
    }
  });

  it("is gone for a practitioner whose visit a colleague has", async () => {
    const { visit, colleagueId, practitionerId } = stage;
    const give = (to: string) =>
      db().appointment.update({ where: { id: visit.appointmentId }, data: { practitionerId: to } });
    stage.as("practitioner");
    const source = await resolveKey(`appointment:${visit.appointmentId}`, undefined);
    expect(await source?.snapshot()).toMatchObject({ appointmentId: visit.appointmentId });
    await give(colleagueId);
    try {
      expect(await source?.snapshot()).toBeNull();
    } finally {
      await give(practitionerId);
      source?.end?.();
    }
  });
});
