import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  accountScope,
  conversationScope,
  keptPatientScope,
  lookUpScope,
  ownPatientScope,
  patientScope,
  practitionerScope,
  sideScope,
  within,
} from "@/lib/access/rules";
import type { Actor, AppointmentScope, Role, UserActor } from "@/lib/access/types";
import { findAccount, findAccountByEmail, listStaffAccounts } from "@/lib/admin/data/users";
import { listAnswers, readIntake } from "@/lib/booking/data/answers";
import { listOwnConsents } from "@/lib/booking/data/consents";
import { findFollowed } from "@/lib/booking/data/followed";
import { listConsents } from "@/lib/booking/data/intake";
import { findPatient } from "@/lib/booking/data/patients";
import { listWaiting } from "@/lib/booking/data/waitlist";
import { writeIntake } from "@/lib/booking/mutations/intake";
import { newId } from "@/lib/core/ids";
import { ok } from "@/lib/core/result";
import { db } from "@/lib/db/client";
import { transaction } from "@/lib/db/transaction";
import { listCards } from "@/lib/messaging/data/cards";
import { findConversation, findTwo, listContacts, nameContacts } from "@/lib/messaging/data/conversations";
import { listMessages, searchMessages } from "@/lib/messaging/data/messages";
import { sendMessage } from "@/lib/messaging/mutations/send";
import { listEveryone } from "@/lib/queue/data/offers";
import { listNotes, listSummary } from "@/lib/records/data";
import { saveNote } from "@/lib/records/mutations/notes";
import { saveSummary } from "@/lib/records/mutations/summary";
import { toDate } from "@/lib/time/instant";
import { findThirdPerson } from "@/lib/visits/data/third";
import { findEntered, findVisit, listVisits } from "@/lib/visits/data/visits";
import { startVisit } from "@/lib/visits/mutations/start";
import { inviteThirdPerson } from "@/lib/visits/mutations/third";
import { minuteNow } from "../booking/clinic";
import { beginTalk, type Talk } from "../messaging/talk";
import { join, openQueue } from "../queue/line";
import { openStage } from "../visits/stage";

/*
 * Every read of personal rows with the scope of whoever asks: what is in it comes, and to strangers nothing does, whatever ids they
 * know.
 */

let sandbox: Awaited<ReturnType<typeof openStage>>;
let talk: Talk;
let other: Talk;
let thirdPersonId: string;
const now = minuteNow();

const somebody = (...roles: Role[]): UserActor => ({
  kind: "user",
  userId: newId(),
  sessionId: newId(),
  roles,
  practitionerId: roles.includes("practitioner") ? newId() : undefined,
  patientId: roles.includes("patient") ? newId() : undefined,
  pseudonym: newId(),
});

beforeAll(async () => {
  sandbox = await openStage();
  [talk, other] = [await beginTalk(now), await beginTalk(now)];
  const { appointmentId, conversationId } = talk;
  const message = { conversationId, clientId: randomUUID(), text: "Invented words" };
  await sendMessage(talk.patient, "patient", message, now);
  await startVisit(talk.practitioner, appointmentId, "en", now);
  await saveNote(talk.practitioner, { appointmentId, version: 0, text: "An invented note" }, now);
  await answerAndAgree(talk);
  const draft = { appointmentId, part: 0, revision: 0, text: "An invented summary" };
  await saveSummary(talk.practitioner, draft, now);
  const person = { appointmentId, kind: "interpreter", name: "Ivy Dolmetsch", locale: "en" } as const;
  await inviteThirdPerson(talk.practitioner, person, now);
  ({ id: thirdPersonId } = await db().thirdPerson.findFirstOrThrow({
    where: { encounterId: talk.encounterId },
  }));
});
afterAll(() => sandbox.stop());

/** What a booking's form would have asked. */
async function answerAndAgree({ appointmentId, patientId }: Talk): Promise<void> {
  const { visitTypeId } = await db().appointment.findUniqueOrThrow({ where: { id: appointmentId } });
  const [questionId, consentTextId, createdAt] = [newId(), newId(), toDate(now)];
  const labels = { en: "How long?", ru: "Как долго?" };
  const question = { id: questionId, visitTypeId, position: 1, kind: "text", labels, createdAt } as const;
  await db().intakeQuestion.create({ data: question });
  await db().consentText.create({
    data: { id: consentTextId, kind: "recording", version: 7_000, texts: labels, publishedAt: createdAt },
  });
  const intake = { answers: [{ questionId, value: "A week" }], consentTextIds: [consentTextId] };
  await transaction(async (tx) =>
    ok(await writeIntake(tx, { appointmentId, patientId, locale: "en" }, intake, now)),
  );
}

/** How many rows a read has brought. */
const size = (found: unknown): number =>
  Array.isArray(found) ? found.length : found === null || found === undefined ? 0 : 1;

/** What is read of a visit with a scope of visits, given every id there is to know. */
const OF_VISITS: Readonly<Record<string, (scope: AppointmentScope) => Promise<unknown>>> = {
  findVisit: (scope) => findVisit(db(), scope, talk.appointmentId),
  findEntered: (scope) => findEntered(db(), scope, talk.appointmentId),
  listVisits: (scope) => listVisits(db(), within(scope, { id: talk.appointmentId }), {}),
  findFollowed: (scope) => findFollowed(db(), scope, talk.appointmentId),
  listNotes: (scope) => listNotes(db(), scope, talk.encounterId),
  listSummary: (scope) => listSummary(db(), scope, talk.encounterId),
  listAnswers: (scope) => listAnswers(db(), scope, talk.appointmentId, "en"),
  listConsents: (scope) => listConsents(db(), scope, talk.appointmentId),
  listOwnConsents: (scope) => listOwnConsents(db(), within(scope, { id: talk.appointmentId })),
  readIntake: async (scope) => (await readIntake(db(), scope, talk.appointmentId)).consentTextIds,
  findThirdPerson: (scope) => findThirdPerson(db(), scope, talk.encounterId, thirdPersonId),
  findTwo: (scope) => findTwo(db(), scope, talk.appointmentId),
};

const VISIT_STRANGERS: Readonly<Record<string, () => Actor>> = {
  nobody: () => ({ kind: "anonymous" }),
  "another practitioner": () => other.practitioner,
  "the link of another visit": () => other.patient,
  "a patient": () => somebody("patient"),
  "a practitioner without visits": () => somebody("practitioner"),
  "a scheduler": () => somebody("scheduler"),
  "an administrator": () => somebody("administrator"),
  "somebody with an id and no role": () => ({ ...talk.practitioner, roles: [] }),
};

describe("a scope of visits", () => {
  it.each(Object.entries(OF_VISITS))("lets %s find what is one's own", async (_name, read) => {
    expect(size(await read(practitionerScope(talk.practitioner)))).toBeGreaterThan(0);
    expect(size(await read(patientScope(talk.patient)))).toBeGreaterThan(0);
  });

  it.each(Object.entries(OF_VISITS))("leaves strangers nothing of %s", async (_name, read) => {
    for (const [who, stranger] of Object.entries(VISIT_STRANGERS))
      for (const side of ["patient", "practitioner"] as const)
        expect(size(await read(sideScope(stranger(), side))), `${who} as ${side}`).toBe(0);
  });
});

describe("a scope of conversations", () => {
  const reads = (actor: Actor, side: "patient" | "practitioner") => {
    const scope = conversationScope(actor, side);
    const cards = [{ appointmentId: talk.appointmentId }];
    return Promise.all([
      findConversation(db(), scope, talk.conversationId),
      listMessages(db(), scope, talk.conversationId).then(({ messages }) => messages),
      searchMessages(db(), scope, talk.conversationId, "invented").then(({ found }) => found),
      listCards(db(), scope, cards, now).then((found) => [...found]),
    ]);
  };

  it("has what its two wrote, on their own sides", async () => {
    const of = async (actor: Actor, side: "patient" | "practitioner") => (await reads(actor, side)).map(size);
    expect(await of(talk.patient, "patient")).toEqual([1, 1, 1, 0]);
    expect(await of(talk.practitioner, "practitioner")).toEqual([1, 1, 1, 0]);
    expect(await of(talk.practitioner, "patient")).toEqual([0, 0, 0, 0]);
  });

  it("has nothing for anybody else", async () => {
    for (const [who, stranger] of Object.entries(VISIT_STRANGERS))
      for (const side of ["patient", "practitioner"] as const)
        expect((await reads(stranger(), side)).map(size), `${who} as ${side}`).toEqual([0, 0, 0, 0]);
  });

  it("names nobody to whom one has not spoken", async () => {
    const contacts = await listContacts(db(), talk.practitioner, "practitioner");
    const named = await nameContacts(db(), talk.practitioner, "practitioner", contacts);
    expect(named.every(({ name }) => name !== "")).toBe(true);
    const stolen = await nameContacts(db(), other.practitioner, "practitioner", contacts);
    expect(stolen.map(({ name }) => name)).toEqual(contacts.map(() => ""));
  });
});

describe("a scope of people", () => {
  it("shows who waits to whoever keeps all schedules, and to the patients themselves", async () => {
    const queue = await openQueue(now);
    const entryId = await join(queue, now);
    const seen = async (actor: Actor) =>
      (await listEveryone(db(), keptPatientScope(actor))).some(({ id }) => id === entryId);
    expect(await seen(somebody("scheduler"))).toBe(true);
    expect(await seen(somebody("administrator"))).toBe(true);
    for (const stranger of Object.values(VISIT_STRANGERS).slice(0, 5))
      expect(await seen(stranger())).toBe(false);
    expect(await listWaiting(db(), keptPatientScope(somebody("practitioner")))).toEqual([]);
    expect(await listWaiting(db(), ownPatientScope(somebody("patient")))).toEqual([]);
  });

  it("has the patients of one's own visits alone, for whoever is no keeper of all schedules", async () => {
    const find = (actor: Actor) => findPatient(db(), lookUpScope(actor), talk.patientId);
    expect(await find(talk.practitioner)).toMatchObject({ id: talk.patientId });
    expect(await find(other.practitioner)).toBeUndefined();
    expect(await find(somebody("patient"))).toBeUndefined();
    expect(await find({ kind: "anonymous" })).toBeUndefined();
  });

  it("has accounts for administrators alone", async () => {
    const { userId } = talk.practitioner;
    const { email } = await db().user.findUniqueOrThrow({ where: { id: userId } });
    const of = async (actor: Actor) => [
      size(await findAccount(db(), accountScope(actor), userId)),
      size(await findAccountByEmail(db(), accountScope(actor), email)),
      (await listStaffAccounts(db(), accountScope(actor))).some(({ id }) => id === userId),
    ];
    expect(await of(somebody("administrator"))).toEqual([1, 1, true]);
    for (const role of ["scheduler", "practitioner", "patient"] as const)
      expect(await of(somebody(role))).toEqual([0, 0, false]);
  });
});
