import { newId } from "@/lib/core/ids";
import { notePlace } from "@/lib/records/constants";
import { seal } from "@/lib/security/seal";
import { toDate, toInstant } from "@/lib/time/instant";
import { waitingMessagePlace } from "@/lib/visits/constants";
import { makeUser } from "@/tests/support/factories";
import type { PortalAddresses } from "@/tests/support/portal";
import { stageOpenRecord } from "../open-record";
import {
  openAccount,
  openPractice,
  type Practice,
  type StagedVisit,
  stageThirdPerson,
  stageVisit,
  stageWaiting,
  withRows,
} from "../practice";
import { type Account, accountOf, cookieOf } from "../steps";
import { stageTalk, writeMessages } from "../talk";

/** Everybody who tries a door: the two whose visit it is, the same two of another visit, staff, and those who are nobody any more. */
export const PEOPLE = [
  "anonymous",
  "patient",
  "other patient",
  "practitioner",
  "other practitioner",
  "scheduler",
  "administrator",
  "expired session",
  "disabled user",
] as const;
export type Person = (typeof PEOPLE)[number];

/** Who is led to the sign-in page, or finds no such page: nobody whom the portal knows at present. */
export const NOBODY: readonly Person[] = ["anonymous", "expired session", "disabled user"];

export type Stage = {
  practice: Practice;
  /** The first patient's. */
  account: Account;
  visit: StagedVisit;
  /** A visit of the other two. */
  foreign: StagedVisit;
  waiting: { entryId: string; token: string };
  thirdToken: string;
  /** The first patient, who has an account. */
  patientId: string;
  /** The first practitioner's account. */
  userId: string;
  /** By which the first practitioner has opened the record of the other patient in an emergency. */
  accessId: string;
  /** By which the other patient asks to be erased. */
  erasureId: string;
  /** What the two write to each other. */
  conversationId: string;
  /** Words that stand for what is the patient's alone: nobody else's answer has one of them. */
  marks: readonly string[];
  /** What the two say of why the patient comes: nobody's who keeps the clinic's time, whatever else of the visit they see. */
  clinical: string;
  /** The day of the visit, on the clinic's clock; an ISO civil date. */
  date: string;
  /** The header's value with which each of them comes. */
  cookies: ReadonlyMap<Person, string>;
};

/** What earlier tests have left under way in this portal would be ended by itself meanwhile, and rows that are compared would change. */
const endWhatIsLeft = (portal: PortalAddresses): Promise<void> =>
  withRows(portal, async (database, now) => {
    const at = toDate(now);
    const left = await database.appointment.findMany({
      where: { encounter: { status: { in: ["arrived", "in_progress"] } } },
      select: { id: true },
    });
    const ids = left.map(({ id }) => id);
    await database.appointment.updateMany({ where: { id: { in: ids } }, data: { status: "fulfilled" } });
    await database.encounter.updateMany({
      where: { appointmentId: { in: ids } },
      data: { status: "finished", startedAt: at, endedAt: at },
    });
    await database.conference.updateMany({ where: { closedAt: null }, data: { closedAt: at } });
    await database.queueOffer.updateMany({
      where: { status: "open" },
      data: { status: "withdrawn", endedAt: at },
    });
    await database.queueDuty.deleteMany();
    await database.queueEntry.updateMany({
      where: { status: "waiting" },
      data: { status: "left", endedAt: at },
    });
  });

/** Two visits of four people far enough ahead that nobody but the tests does anything with them. */
export async function openStage(portal: PortalAddresses): Promise<Stage> {
  await endWhatIsLeft(portal);
  const [practice, otherPractice] = [await openPractice(portal), await openPractice(portal)];
  const [account, otherAccount] = [await openAccount(portal), await openAccount(portal)];
  const visit = await stageVisit(portal, practice, { starts: { hours: 30 }, patientId: account.patientId });
  const foreign = await stageVisit(portal, otherPractice, {
    starts: { hours: 31 },
    patientId: otherAccount.patientId,
  });
  const mark = `Marka${newId().slice(-12)}`;
  await withRows(portal, (database) =>
    database.patient.update({ where: { id: account.patientId }, data: { name: `${mark} Beispiel` } }),
  );
  const talk = await stageTalk(portal, practice, { patientId: account.patientId });
  await writeMessages(portal, talk, "patient", [`An invented message, ${mark}`]);
  const clinical = `Markb${newId().slice(-12)}`;
  await writeClinical(portal, visit, practice, clinical);
  const gone = await openGone(portal);
  const cookies = new Map<Person, string>([["anonymous", ""]]);
  const accounts: [Person, Account][] = [
    ["patient", account],
    ["other patient", otherAccount],
    ["practitioner", practice.account],
    ["other practitioner", otherPractice.account],
    ["scheduler", accountOf("scheduler")],
    ["administrator", accountOf("administrator")],
    ["expired session", practice.account],
    ["disabled user", gone],
  ];
  for (const [person, theirs] of accounts) cookies.set(person, await cookieOf(portal, theirs));
  await endSessions(portal, practice.account, gone);
  return {
    practice,
    account,
    visit,
    foreign,
    waiting: await stageWaiting(portal, practice, { patientId: account.patientId }),
    thirdToken: await stageThirdPerson(portal, visit.appointmentId),
    accessId: await stageOpenRecord(portal, practice, otherAccount.patientId),
    erasureId: await askForErasure(portal, otherAccount),
    conversationId: talk.conversationId,
    patientId: account.patientId,
    userId: await userOf(portal, practice.account),
    marks: [mark, account.email, clinical],
    clinical,
    date: await dateOf(portal, visit),
    cookies,
  };
}

const DAYS = ["/admin/calendar", "/agenda", "/agenda/week"];

/** Why the patient comes, what the practitioner says to whoever waits, and their note: each sealed, as the portal writes it. */
const writeClinical = (
  portal: PortalAddresses,
  { appointmentId }: StagedVisit,
  { practitionerId }: Practice,
  words: string,
): Promise<void> =>
  withRows(portal, async (database, now) => {
    const createdAt = toDate(now);
    const reason = seal(`Reason, ${words}`, `appointment.reason:${appointmentId}`);
    await database.appointment.update({
      where: { id: appointmentId },
      data: { reasonSealed: reason.sealed, reasonKeyId: reason.keyId },
    });
    const { id: encounterId } = await database.encounter.findUniqueOrThrow({ where: { appointmentId } });
    const [messageId, noteId] = [newId(), newId()];
    const message = seal(`Waiting, ${words}`, waitingMessagePlace(messageId));
    await database.waitingMessage.create({
      data: {
        id: messageId,
        encounterId,
        kind: "text",
        textSealed: message.sealed,
        textKeyId: message.keyId,
        createdAt,
      },
    });
    const note = seal(`Note, ${words}`, notePlace(noteId));
    await database.visitNote.create({
      data: {
        id: noteId,
        encounterId,
        practitionerId,
        version: 1,
        textSealed: note.sealed,
        textKeyId: note.keyId,
        createdAt,
      },
    });
  });

const dateOf = (portal: PortalAddresses, { appointmentId }: StagedVisit): Promise<string> =>
  withRows(portal, async (database) => {
    const { startAt } = await database.appointment.findUniqueOrThrow({ where: { id: appointmentId } });
    return toInstant(startAt).toZonedDateTimeISO("Europe/Berlin").toPlainDate().toString();
  });

/** An address of a page, with what belongs to the first patient and the first practitioner. */
export function pathOf(
  route: string,
  {
    practice,
    visit,
    waiting,
    thirdToken,
    conversationId,
    patientId,
    userId,
    accessId,
    erasureId,
    date,
  }: Stage,
): string {
  const token = route.startsWith("/v/") ? visit.token : route.startsWith("/w/") ? waiting.token : thirdToken;
  const parts: Record<string, string> = {
    "[appointmentId]": visit.appointmentId,
    "[practitionerId]": practice.practitionerId,
    "[visitTypeId]": practice.visitTypeId,
    "[start]": "20990101T0900Z",
    "[entryId]": waiting.entryId,
    "[conversationId]": conversationId,
    "[patientId]": patientId,
    "[userId]": userId,
    "[accessId]": accessId,
    "[erasureId]": erasureId,
    "[token]": token,
  };
  const path = route.replaceAll(/\[[^\]]+\]/g, (part) => parts[part] ?? part);
  // Days on which there is something to see.
  return DAYS.includes(route) ? `${path}?date=${date}` : path;
}

/** An administrator who will be disabled. */
const openGone = (portal: PortalAddresses): Promise<Account> =>
  withRows(portal, async (database, now) => {
    const gone = { email: `gone-${newId()}@example.org`, password: `demo-${newId()}` };
    await makeUser(database, { ...gone, now, name: "Gerd Muster", roles: ["administrator", "practitioner"] });
    return gone;
  });

const userOf = (portal: PortalAddresses, { email }: Account): Promise<string> =>
  withRows(portal, async (database) => (await database.user.findUniqueOrThrow({ where: { email } })).id);

/** A request that no administrator has decided about. */
const askForErasure = async (portal: PortalAddresses, account: Account): Promise<string> => {
  const userId = await userOf(portal, account);
  return withRows(portal, async (database, now) => {
    const { id } = await database.erasure.create({ data: { id: newId(), userId, requestedAt: toDate(now) } });
    return id;
  });
};

/** The last session of a practitioner runs out, and an administrator with a session is disabled. */
const endSessions = (portal: PortalAddresses, expired: Account, disabled: Account): Promise<unknown> =>
  withRows(portal, async (database, now) => {
    const last = await database.session.findFirstOrThrow({
      where: { user: { email: expired.email } },
      orderBy: { createdAt: "desc" },
    });
    await database.session.update({
      where: { id: last.id },
      data: { expiresAt: toDate(now.subtract({ seconds: 1 })) },
    });
    await database.user.update({
      where: { email: disabled.email },
      data: { disabledAt: toDate(now) },
    });
  });
