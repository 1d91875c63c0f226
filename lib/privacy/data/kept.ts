import { unsafePersonScope } from "@/lib/access/rules";
import { env } from "@/lib/core/env";
import type { Db } from "@/lib/db/client";
import { notePlace } from "@/lib/records/constants";
import { unseal } from "@/lib/security/seal";
import { toInstant } from "@/lib/time/instant";
import { handoverNotePlace } from "@/lib/visits/constants";
import { identityPlace } from "../constants";
import { openText } from "../format/opened";
import type { Entry, Identity, KeptPatient, Person, Section, SectionName } from "../types";
import { readAttachments, readConversations, readMessages } from "./talk";
import { readAnswers, readAppointments, readConsents, readEncounters, readSummaries } from "./visits";

/*
 * The records of somebody who was erased, which the law makes the clinic keep: on no screen, and still to be handed over to whoever has a right
 * to them. Unscoped, for the command of whoever runs the portal: nobody is signed in there, and only who has the keys can open anything.
 */

/** Whose records are kept, those who were erased last first. Unscoped: they are nobody's whom a scope could name. */
export async function unsafeListKept(db: Db): Promise<KeptPatient[]> {
  const patients = await db.patient.findMany({
    where: { identitySealed: { not: null } },
    include: { erasure: { select: { doneAt: true } } },
    orderBy: { createdAt: "desc" },
  });
  return patients.map(({ id, pseudonym, erasure, createdAt, identitySealed, identityKeyId }) => ({
    patientId: id,
    pseudonym,
    erasedAt: toInstant(erasure?.doneAt ?? createdAt),
    identity: JSON.parse(openText(identitySealed, identityKeyId, identityPlace(id)) ?? "{}") as Identity,
  }));
}

/** What is kept of one of them, opened, in the order in which it is read. */
export async function unsafeReadKept(db: Db, kept: KeptPatient, person: Person): Promise<Section[]> {
  const sections: Section[] = [{ name: "patient", entries: [entryOf(kept)] }];
  for (const [name, read] of Object.entries(KEPT) as [keyof typeof KEPT, Reader][])
    sections.push({ name, entries: await read(db, person) });
  return sections;
}

/** For the readers of an export. There is no account, so that its id is one that no account has. */
export const unsafeKeptPerson = ({ patientId, pseudonym }: KeptPatient, locale: string): Person => ({
  ...unsafePersonScope({ userId: patientId, patientIds: [patientId], pseudonyms: [pseudonym] }),
  locale,
  timeZone: env().CLINIC_TIME_ZONE,
});

type Reader = (db: Db, person: Person) => Promise<Entry[]>;

/** All that an erasure keeps, the practitioners' own notes too: who hands them over looks first at what would harm or names others. */
const KEPT = {
  appointment: readAppointments,
  encounter: readEncounters,
  intake_answer: readAnswers,
  consent: readConsents,
  visit_note: readNotes,
  handover: readHandovers,
  visit_summary: readSummaries,
  conversation: readConversations,
  message: readMessages,
  attachment: readAttachments,
} as const satisfies Partial<Record<SectionName, Reader>>;

function entryOf({ patientId, erasedAt, identity }: KeptPatient): Entry {
  const { name, contactName, email, phone } = identity;
  return {
    resource: {
      resourceType: "Patient",
      id: patientId,
      active: false,
      ...identity,
      erasedAt: erasedAt.toString(),
    },
    lines: [
      ["name", name],
      ["contact", contactName],
      ["email", email],
      ["phone", phone],
    ],
  };
}

const ofVisits = ({ patientIds }: Person) => ({
  encounter: { appointment: { patientId: { in: [...patientIds] } } },
});

/** What practitioners wrote for themselves. */
export async function readNotes(db: Db, person: Person): Promise<Entry[]> {
  const rows = await db.visitNote.findMany({
    where: ofVisits(person),
    include: { practitioner: { select: { displayName: true } } },
    orderBy: [{ encounterId: "asc" }, { version: "asc" }],
  });
  return rows.map(({ id, encounterId, version, practitioner, textSealed, textKeyId, createdAt }) => {
    const text = unseal({ keyId: textKeyId, sealed: textSealed }, notePlace(id));
    return {
      resource: {
        resourceType: "Composition",
        id,
        encounter: { reference: `Encounter/${encounterId}` },
        date: createdAt,
        author: [{ display: practitioner.displayName }],
        version,
        section: [{ text }],
      },
      lines: [
        ["when", createdAt],
        ["practitioner", practitioner.displayName],
        ["version", version],
        ["text", text],
      ],
    };
  });
}

/** What they wrote to each other. */
export async function readHandovers(db: Db, person: Person): Promise<Entry[]> {
  const rows = await db.handover.findMany({
    where: ofVisits(person),
    include: {
      fromPractitioner: { select: { displayName: true } },
      toPractitioner: { select: { displayName: true } },
    },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
  });
  return rows.map(({ id, encounterId, fromPractitioner, toPractitioner, status, ...row }) => {
    const text = openText(row.noteSealed, row.noteKeyId, handoverNotePlace(id));
    return {
      resource: {
        resourceType: "Communication",
        id,
        encounter: { reference: `Encounter/${encounterId}` },
        sender: { display: fromPractitioner.displayName },
        recipient: [{ display: toPractitioner.displayName }],
        sent: row.createdAt,
        status,
        payload: text === undefined ? [] : [{ contentString: text }],
      },
      lines: [
        ["when", row.createdAt],
        ["practitioner", `${fromPractitioner.displayName} → ${toPractitioner.displayName}`],
        ["text", text],
      ],
    };
  });
}
