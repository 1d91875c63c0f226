import type { AppointmentScope } from "@/lib/access/types";
import type { Db } from "@/lib/db/client";
import { unseal } from "@/lib/security/seal";
import { feedbackPlace, notePlace, summaryPlace } from "./constants";

/** All kept versions of the note of a visit within a scope, the last first. */
export async function listNotes(db: Db, scope: AppointmentScope, encounterId: string) {
  const rows = await db.visitNote.findMany({
    where: { encounterId, encounter: { appointment: scope } },
    include: { practitioner: { select: { displayName: true } } },
    orderBy: { version: "desc" },
  });
  return rows.map(({ id, version, textSealed, textKeyId, createdAt, practitioner }) => ({
    version,
    author: practitioner.displayName,
    createdAt,
    text: unseal({ keyId: textKeyId, sealed: textSealed }, notePlace(id)),
  }));
}

/** The summary and addenda, in order and drafts included, of a visit within a scope. */
export async function listSummary(db: Db, scope: AppointmentScope, encounterId: string) {
  const rows = await db.visitSummary.findMany({
    where: { encounterId, encounter: { appointment: scope } },
    include: { practitioner: { select: { displayName: true } } },
    orderBy: { part: "asc" },
  });
  return rows.map(({ id, part, revision, signedAt, textSealed, textKeyId, practitioner }) => ({
    part,
    revision,
    signedAt,
    author: practitioner.displayName,
    text: unseal({ keyId: textKeyId, sealed: textSealed }, summaryPlace(id)),
  }));
}

/** The texts that a practitioner may begin with: their own, and the clinic's. */
export const listTemplates = (db: Db, practitionerId: string) =>
  db.summaryTemplate.findMany({
    where: { OR: [{ practitionerId }, { practitionerId: null }] },
    orderBy: [{ title: "asc" }, { id: "asc" }],
  });

/** What a patient said of a visit within a scope. */
export async function findFeedback(db: Db, scope: AppointmentScope, encounterId: string) {
  const row = await db.visitFeedback.findUnique({
    where: { encounterId, encounter: { appointment: scope } },
  });
  if (!row) return undefined;
  const { quality, problems, commentSealed, commentKeyId, createdAt } = row;
  const comment =
    commentSealed && commentKeyId
      ? unseal({ keyId: commentKeyId, sealed: commentSealed }, feedbackPlace(encounterId))
      : "";
  return { quality, problems, comment, createdAt };
}
