import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { GET as staffSummary } from "@/app/(practitioner)/agenda/[appointmentId]/summary.pdf/route";
import { POST as earlier } from "@/app/api/conversations/[conversationId]/earlier/route";
import { POST as discard } from "@/app/api/conversations/[conversationId]/files/[attachmentId]/discard/route";
import { POST as upload } from "@/app/api/conversations/[conversationId]/files/route";
import { POST as mark } from "@/app/api/conversations/[conversationId]/mark/route";
import { POST as search } from "@/app/api/conversations/[conversationId]/search/route";
import { GET as file } from "@/app/api/files/[attachmentId]/route";
import { GET as linkedFile } from "@/app/v/[token]/files/[attachmentId]/route";
import { GET as linkedSummary } from "@/app/v/[token]/summary.pdf/route";
import { GET as summary } from "@/app/visit/[appointmentId]/summary.pdf/route";
import { newId } from "@/lib/core/ids";
import { db } from "@/lib/db/client";
import { attachFile } from "@/lib/messaging/mutations/attach";
import { scanAttachment } from "@/lib/messaging/mutations/scan";
import { sendMessage } from "@/lib/messaging/mutations/send";
import type { Side } from "@/lib/messaging/types";
import { signSummary } from "@/lib/records/mutations/summary";
import { toDate } from "@/lib/time/instant";
import { PDF } from "@/tests/support/files";
import { makeScanner } from "../messaging/scanner";
import { asking, MARK, now, openPeople, PEOPLE, type Person, type Stage } from "./people";

/*
 * Everybody at the doors for machines behind which there is something: it is the two's, on the side that it belongs to, and not there for
 * anybody else.
 */

const OWN = "http://localhost:3000";
vi.mock("next-auth", () => ({
  getServerSession: async () => (asking.sid === undefined ? null : { sid: asking.sid }),
}));
vi.mock("next/headers", () => ({
  headers: async () => new Headers({ origin: OWN }),
  cookies: async () => new Map(),
}));
vi.mock("next-intl/server", () => ({ getTranslations: async () => (key: string) => key }));

const scanner = makeScanner();
const DATA_DIR = mkdtempSync(join(tmpdir(), "portal-"));
Object.assign(process.env, { SCAN_COMMAND: scanner.command, DATA_DIR });
afterAll(() => {
  scanner.remove();
  rmSync(DATA_DIR, { recursive: true });
});

let stage: Stage;
/** A file that the patient has sent, and one of each side that was not. */
let sent: string;
const unsent: Record<Side, string> = { patient: "", practitioner: "" };

beforeAll(async () => {
  stage = await openPeople();
  const { actors, visit } = stage;
  const { appointmentId, conversationId } = visit;
  await db().encounter.update({
    where: { appointmentId },
    data: { status: "in_progress", startedAt: toDate(now) },
  });
  const draft = { appointmentId, part: 0, revision: 0, text: MARK };
  expect(await signSummary(actors.practitioner, draft, now)).toEqual({ ok: true });
  sent = await attach("patient");
  const message = { conversationId, clientId: newId(), text: "", attachmentIds: [sent] };
  expect(await sendMessage(actors.patient, "patient", message, now)).toMatchObject({ ok: true });
  for (const side of ["patient", "practitioner"] as const) unsent[side] = await attach(side);
});

/** A file that was looked at and is not sent. */
async function attach(side: Side): Promise<string> {
  const content = { conversationId: stage.visit.conversationId, name: `${MARK}.pdf`, bytes: PDF };
  const taken = await attachFile(stage.actors[side], side, content, now);
  if (!taken.ok) throw new Error(taken.reason);
  expect(await scanAttachment(taken.value.attachmentId, now)).toEqual({ ok: true });
  return taken.value.attachmentId;
}

const params = <P>(value: P) => ({ params: Promise.resolve(value) });
const get = () => new Request(`${OWN}/door`);
const post = (body: object) =>
  new Request(`${OWN}/door`, {
    method: "POST",
    headers: { origin: OWN, "content-type": "application/json" },
    body: JSON.stringify(body),
  });

/** For whom a door opens; for everybody else there is nothing. */
async function whoIsLetIn(knock: (person: Person) => Promise<Response>): Promise<Person[]> {
  const letIn: Person[] = [];
  for (const person of PEOPLE) {
    const answer = await knock(person);
    if (answer.status === 200) letIn.push(person);
    else {
      expect(answer.status, person).toBe(404);
      expect(await answer.text(), person).not.toContain(MARK);
    }
  }
  return letIn;
}

describe("a signed summary", () => {
  it.each([
    ["patient", summary],
    ["practitioner", staffSummary],
  ] as const)("is a %s's own", async (person, door) => {
    const { appointmentId } = stage.visit;
    const letIn = await whoIsLetIn((somebody) => {
      stage.as(somebody);
      return door(get(), params({ appointmentId }));
    });
    expect(letIn).toEqual([person]);
  });

  it("is for whoever has the visit's link", async () => {
    const letIn = await whoIsLetIn((person) => linkedSummary(get(), params({ token: stage.linkOf(person) })));
    expect(letIn).toEqual(["link"]);
  });
});

describe("a file", () => {
  const byAccount = (attachmentId: string) =>
    whoIsLetIn((person) => {
      stage.as(person);
      return file(get(), params({ attachmentId }));
    });
  const byLink = (attachmentId: string) =>
    whoIsLetIn((person) => linkedFile(get(), params({ token: stage.linkOf(person), attachmentId })));

  it("that was sent is read by the two alone", async () => {
    expect(await byAccount(sent)).toEqual(["patient", "practitioner"]);
    expect(await byLink(sent)).toEqual(["link"]);
  });

  it("that was not sent is read on its own side alone", async () => {
    expect(await byAccount(unsent.patient)).toEqual(["patient"]);
    expect(await byLink(unsent.patient)).toEqual(["link"]);
    expect(await byAccount(unsent.practitioner)).toEqual(["practitioner"]);
    expect(await byLink(unsent.practitioner)).toEqual([]);
  });

  it.each([
    ["patient", ["patient", "link"]],
    ["practitioner", ["practitioner"]],
  ] as const)("of the %s's is taken back on that side alone", async (side, may) => {
    const kept = unsent[side];
    const isThere = async (id: string) => (await db().attachment.count({ where: { id } })) === 1;
    const takeBack = (person: Person, attachmentId: string) =>
      discard(post({ token: stage.as(person) }), params({ attachmentId }));
    for (const person of PEOPLE.filter((one) => !(may as readonly Person[]).includes(one))) {
      expect((await takeBack(person, kept)).status, person).toBe(404);
      expect(await isThere(kept), person).toBe(true);
    }
    for (const person of may) {
      const own = await attach(side);
      expect((await takeBack(person, own)).status, person).toBe(200);
      expect(await isThere(own), person).toBe(false);
    }
    expect((await takeBack(may[0], sent)).status).toBe(404);
    expect(await isThere(sent)).toBe(true);
  });
});

/** What each side of a conversation may do in it, and who writes on that side. */
const SIDES = [
  ["patient", ["patient", "link"]],
  ["practitioner", ["practitioner"]],
] as const satisfies [Side, Person[]][];

const CALLS = [
  ["earlier", earlier, { before: 5 }],
  ["search", search, { query: MARK }],
  ["mark", mark, { delivered: 1, read: 1 }],
] as const;

describe.each(SIDES)("a conversation on the %s's side", (as, may) => {
  it.each(CALLS)("is theirs alone: %s", async (_name, door, asked) => {
    const { conversationId } = stage.visit;
    const read = () =>
      db().conversationReader.findMany({ where: { conversationId }, orderBy: { side: "asc" } });
    const strangers = PEOPLE.filter((person) => !(may as readonly Person[]).includes(person));
    const knock = (person: Person) =>
      door(post({ as, token: stage.as(person), ...asked }), params({ conversationId }));
    const before = await read();
    for (const person of strangers) await knock(person);
    expect(await read()).toEqual(before);
    expect(await whoIsLetIn(knock)).toEqual(may);
  });

  it("is shown to them", async () => {
    const { conversationId } = stage.visit;
    const [person] = may;
    const asked = { as, token: stage.as(person), before: 5 };
    expect(await (await earlier(post(asked), params({ conversationId }))).text()).toContain(MARK);
  });

  it("takes files from them alone", async () => {
    const { conversationId } = stage.visit;
    const files = () => db().attachment.count({ where: { conversationId, side: as } });
    const before = await files();
    const letIn = await whoIsLetIn((person) => {
      const token = stage.as(person);
      const form = new FormData();
      form.set("file", new File([new Uint8Array(PDF)], "a.pdf", { type: "application/pdf" }));
      const headers = { origin: OWN, ...(token && { authorization: `Bearer ${token}` }) };
      const request = new Request(`${OWN}/door?as=${as}`, { method: "POST", headers, body: form });
      return upload(request, params({ conversationId }));
    });
    expect(letIn).toEqual(may);
    expect(await files()).toBe(before + may.length);
  });
});
