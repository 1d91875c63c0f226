import type { Db } from "@/lib/db/client";
import { messagePlace } from "@/lib/messaging/constants";
import { fileNameOf } from "@/lib/messaging/data/attachments";
import { unseal } from "@/lib/security/seal";
import type { Entry, ExportedFile, Person } from "../types";

const ofPerson = ({ patientIds }: Person) => ({ patientId: { in: [...patientIds] } });

/** With whom somebody writes. */
export async function readConversations(db: Db, person: Person): Promise<Entry[]> {
  const rows = await db.conversation.findMany({
    where: ofPerson(person),
    include: { practitioner: { select: { displayName: true } } },
    orderBy: { id: "asc" },
  });
  return rows.map(({ id, patientId, practitioner, createdAt, lastMessageAt }) => ({
    resource: {
      resourceType: "Basic",
      code: "conversation",
      id,
      subject: { reference: `Patient/${patientId}` },
      practitioner: { display: practitioner.displayName },
      createdAt,
      lastMessageAt,
    },
    lines: [
      ["practitioner", practitioner.displayName],
      ["since", createdAt],
    ],
  }));
}

/** What both sides wrote. */
export async function readMessages(db: Db, person: Person): Promise<Entry[]> {
  const rows = await db.message.findMany({
    where: { conversation: ofPerson(person) },
    include: {
      conversation: { select: { patientId: true, practitioner: { select: { displayName: true } } } },
      attachments: { where: { scan: "clean" }, select: { id: true } },
    },
    orderBy: [{ conversationId: "asc" }, { sequence: "asc" }],
  });
  return rows.map((row) => {
    const { id, conversationId, sequence, side, kind, conversation, textSealed, textKeyId, createdAt } = row;
    const text =
      textSealed && textKeyId
        ? unseal({ keyId: textKeyId, sealed: textSealed }, messagePlace(id))
        : undefined;
    const practitioner = conversation.practitioner.displayName;
    return {
      resource: {
        resourceType: "Communication",
        id,
        partOf: [{ reference: `Basic/${conversationId}` }],
        subject: { reference: `Patient/${conversation.patientId}` },
        sender: side === "patient" ? "patient" : { display: practitioner },
        sent: createdAt,
        topic: kind,
        sequence,
        payload: [
          ...(text === undefined ? [] : [{ contentString: text }]),
          ...row.attachments.map((file) => ({ contentReference: `DocumentReference/${file.id}` })),
        ],
        about: row.appointmentId && [{ reference: `Appointment/${row.appointmentId}` }],
      },
      lines: [
        ["when", createdAt],
        ["practitioner", practitioner],
        ["by", side],
        ["text", text],
      ],
    };
  });
}

/** Files that were sent, and those of the patient's own that wait to be. What a scanner has not let through, nobody gets. */
const findFiles = (db: Db, person: Person) =>
  db.attachment.findMany({
    where: {
      conversation: ofPerson(person),
      scan: "clean",
      OR: [{ messageId: { not: null } }, { side: "patient" }],
    },
    orderBy: { id: "asc" },
  });

/** A name that no unpacking program reads as a way out of its folder. */
const pathOf = (name: string, index: number): string =>
  `files/${String(index + 1).padStart(4, "0")}-${name.replace(/[^\p{L}\p{N} ._()-]/gu, "_").slice(0, 120)}`;

/** The same files as what is to be put beside the descriptions. */
export async function listFiles(db: Db, person: Person): Promise<ExportedFile[]> {
  const files = await findFiles(db, person);
  return files.map((file, index) => ({
    attachmentId: file.id,
    path: pathOf(fileNameOf(file), index),
    storageKey: file.storageKey,
    contentKeyId: file.contentKeyId,
  }));
}

/** What each file is, and under which name it stands in the export. */
export async function readAttachments(db: Db, person: Person): Promise<Entry[]> {
  const files = await findFiles(db, person);
  return files.map((file, index) => {
    const path = pathOf(fileNameOf(file), index);
    return {
      resource: {
        resourceType: "DocumentReference",
        id: file.id,
        date: file.createdAt,
        author: file.side,
        context: {
          related: [
            { reference: `Basic/${file.conversationId}` },
            ...(file.messageId ? [{ reference: `Communication/${file.messageId}` }] : []),
          ],
        },
        content: [
          {
            attachment: {
              contentType: file.mediaType,
              title: fileNameOf(file),
              size: file.sizeBytes,
              url: path,
            },
          },
        ],
      },
      lines: [
        ["file", path],
        ["when", file.createdAt],
        ["by", file.side],
      ],
    };
  });
}
