import type { Db } from "@/lib/db/client";
import { unseal } from "@/lib/security/seal";
import { feedbackPlace, notePlace, summaryPlace } from "./constants";

/** All kept versions of a visit's note, the last first. The caller has read the visit within a scope. */
export async function listNotes(db: Db, encounterId: string) {
  const rows = await db.visitNote.findMany({
    where: { encounterId },
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

/** A visit's summary and addenda in order, drafts included. The caller has read the visit within a scope. */
export async function listSummary(db: Db, encounterId: string) {
  const rows = await db.visitSummary.findMany({
    where: { encounterId },
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

/** What a patient said of a visit. */
export async function findFeedback(db: Db, encounterId: string) {
  const row = await db.visitFeedback.findUnique({ where: { encounterId } });
  if (!row) return undefined;
  const { quality, problems, commentSealed, commentKeyId, createdAt } = row;
  const comment =
    commentSealed && commentKeyId
      ? unseal({ keyId: commentKeyId, sealed: commentSealed }, feedbackPlace(encounterId))
      : "";
  return { quality, problems, comment, createdAt };
}
