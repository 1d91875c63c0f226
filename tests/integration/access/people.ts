import { Temporal } from "temporal-polyfill";
import type { Role, UserActor } from "@/lib/access/types";
import { findLiveSession } from "@/lib/auth/data";
import { startSession } from "@/lib/auth/mutations/sessions";
import { newId, newToken } from "@/lib/core/ids";
import { db } from "@/lib/db/client";
import { transaction } from "@/lib/db/transaction";
import { openConversation } from "@/lib/messaging/mutations/open";
import { sendMessage } from "@/lib/messaging/mutations/send";
import { joinQueue } from "@/lib/queue/mutations/join";
import { mintVisitLink } from "@/lib/security/access-link";
import { inviteThirdPerson } from "@/lib/visits/mutations/third";
import {
  makeAppointment,
  makePatient,
  makePractitioner,
  makeRules,
  makeUser,
  makeVisitType,
} from "@/tests/support/factories";
import { guestForm, type Queue } from "../queue/line";

/** Whoever has an account. The visit is the first patient's with the first practitioner; the colleague has none. */
export const ACCOUNTS = [
  "patient",
  "other patient",
  "practitioner",
  "other practitioner",
  "colleague",
  "scheduler",
  "administrator",
] as const;
/** Whoever comes with a link instead. */
export const LINKS = [
  "link",
  "other visit's link",
  "third person",
  "other visit's third person",
  "place",
  "other place",
] as const;
export const PEOPLE = ["nobody", ...ACCOUNTS, ...LINKS] as const;

export type Account = (typeof ACCOUNTS)[number];
export type Person = (typeof PEOPLE)[number];

/** In everything that is the two's alone: nobody else's answer has it. */
export const MARK = `Mark${newId().slice(-12)}`;

export const now = Temporal.Now.instant().round("second");
/** On the same day wherever a page of it is kept, and not open yet, so that whoever follows it is not there. */
export const startAt = now
  .toZonedDateTimeISO("UTC")
  .add({ days: 1 })
  .with({ hour: 12, minute: 0, second: 0 })
  .toInstant();

/** What the request's cookie says, for the test that puts it in the place of `next-auth`. */
export const asking: { sid: string | undefined } = { sid: undefined };

const isAccount = (person: Person): person is Account => (ACCOUNTS as readonly Person[]).includes(person);

async function signIn(userId: string): Promise<UserActor> {
  const origin = { address: undefined, userAgent: undefined };
  const started = await transaction((tx) => startSession(tx, userId, "password", origin, now));
  const session = started.ok && (await findLiveSession(db(), started.value.sessionId, now));
  if (!session) throw new Error("no session");
  return session.actor;
}

const signUp = async (role: Role) => signIn((await makeUser(db(), { now, roles: [role] })).id);

/** A practitioner with hours around the clock. */
async function openPractice(displayName: string, visitTypeId: string) {
  const practitioner = await makePractitioner(db(), {
    now,
    displayName,
    timeZone: "UTC",
    visitTypeIds: [visitTypeId],
  });
  await makeRules(db(), practitioner.id);
  return { practitioner, actor: await signIn(practitioner.userId) };
}

async function openAccount(name: string) {
  const user = await makeUser(db(), { now, name });
  const patient = await makePatient(db(), { now, name, userId: user.id });
  return { patient, actor: await signIn(user.id) };
}

type Practice = Awaited<ReturnType<typeof openPractice>>;
type Patient = Awaited<ReturnType<typeof openAccount>>;

/** Tomorrow's visit of two, its links, and what they have written to each other. */
async function stageVisit(
  { practitioner, actor: doctor }: Practice,
  { patient, actor }: Patient,
  visitType: Awaited<ReturnType<typeof makeVisitType>>,
  { words, messages }: { words: string; messages: number },
) {
  const visit = { now, practitioner, patient, visitType, startAt, reason: words };
  const { id: appointmentId } = await makeAppointment(db(), visit);
  const { id: encounterId } = await db().encounter.findUniqueOrThrow({ where: { appointmentId } });
  const token = await mintVisitLink(db(), appointmentId, now);
  const person = { appointmentId, kind: "interpreter", name: words, locale: "en" } as const;
  const invited = await inviteThirdPerson(doctor, person, now);
  if (!invited.ok || !invited.value.token) throw new Error("nobody was asked into the visit");
  const { id: thirdPersonId } = await db().thirdPerson.findFirstOrThrow({ where: { encounterId } });
  const two = { patientId: patient.id, practitionerId: practitioner.id };
  const opened = await openConversation(actor, "patient", two, now);
  if (!opened.ok) throw new Error(opened.reason);
  const { conversationId } = opened.value;
  for (let n = 1; n <= messages; n += 1)
    await sendMessage(actor, "patient", { conversationId, clientId: newId(), text: `${words} ${n}` }, now);
  return {
    appointmentId,
    encounterId,
    token,
    thirdPersonId,
    thirdToken: invited.value.token,
    conversationId,
  };
}

/** Somebody takes a place in a line, saying why. */
async function stagePlace(
  queue: Pick<Queue, "specialtyId" | "visitTypeId">,
  reason: string,
  at: Temporal.Instant,
) {
  const joined = await joinQueue(await guestForm({ ...queue, actors: [] }, { reason }), at);
  if (!joined.ok) throw new Error(joined.reason);
  return joined.value;
}

/** Two visits of four people, two who wait in a line, and whoever else knows of them or keeps the clinic. Everybody is signed in. */
export async function openPeople() {
  const visitType = await makeVisitType(db(), { now, offeredNow: true });
  const [practice, otherPractice, colleague] = [
    await openPractice(`Dr ${MARK} Test`, visitType.id),
    await openPractice("Dr Other Test", visitType.id),
    await openPractice("Dr Colleague Test", visitType.id),
  ];
  const [account, otherAccount] = [
    await openAccount(`${MARK} Beispiel`),
    await openAccount("Other Beispiel"),
  ];
  const queue = { specialtyId: practice.practitioner.specialtyId, visitTypeId: visitType.id };
  const [place, otherPlace] = [
    await stagePlace(queue, MARK, now),
    await stagePlace(queue, "Other", now.add({ seconds: 1 })),
  ];
  const visit = await stageVisit(practice, account, visitType, { words: MARK, messages: 3 });
  const other = await stageVisit(otherPractice, otherAccount, visitType, { words: "Other", messages: 1 });
  const actors: Readonly<Record<Account, UserActor>> = {
    patient: account.actor,
    "other patient": otherAccount.actor,
    practitioner: practice.actor,
    "other practitioner": otherPractice.actor,
    colleague: colleague.actor,
    scheduler: await signUp("scheduler"),
    administrator: await signUp("administrator"),
  };
  const tokens: Readonly<Partial<Record<Person, string>>> = {
    link: visit.token,
    "other visit's link": other.token,
    "third person": visit.thirdToken,
    "other visit's third person": other.thirdToken,
    place: place.token,
    "other place": otherPlace.token,
  };
  return {
    visit,
    actors,
    placeId: place.entryId,
    visitTypeId: visitType.id,
    practitionerId: practice.practitioner.id,
    colleagueId: colleague.practitioner.id,
    /** The next request is this person's. @returns the token that comes in its body, where they have a link */
    as(person: Person): string | undefined {
      asking.sid = isAccount(person) ? actors[person].sessionId : undefined;
      return tokens[person];
    },
    /** The same for an address that has a token in it: whoever has no link comes with one that opens nothing. */
    linkOf(person: Person): string {
      return this.as(person) ?? newToken();
    },
  };
}

export type Stage = Awaited<ReturnType<typeof openPeople>>;
