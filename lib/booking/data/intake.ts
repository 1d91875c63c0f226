import type { Temporal } from "temporal-polyfill";
import { z } from "zod";
import type { AppointmentScope } from "@/lib/access/types";
import type { Db } from "@/lib/db/client";
import { toLocalizedText } from "@/lib/directory/data";
import { toInstant } from "@/lib/time/instant";
import type { BookedConsentKind, ConsentKind, ConsentTextDto, IntakeQuestionDto } from "../types/intake";

const optionsSchema = z.array(z.object({ value: z.string(), names: z.unknown() })).nullable();

/** What is asked of whoever books a visit of this type, in its order. */
export async function listIntakeQuestions(db: Db, visitTypeId: string): Promise<IntakeQuestionDto[]> {
  const rows = await db.intakeQuestion.findMany({
    where: { visitTypeId, archivedAt: null },
    orderBy: [{ position: "asc" }, { id: "asc" }],
  });
  return rows.map(({ id, kind, labels, options, required }) => ({
    questionId: id,
    kind,
    labels: toLocalizedText(labels),
    options: (optionsSchema.parse(options) ?? []).map(({ value, names }) => ({
      value,
      names: toLocalizedText(names),
    })),
    required,
  }));
}

const BOOKED: readonly BookedConsentKind[] = ["treatment", "data"];

/** What patients agree to when they book: the last version of each kind that the clinic has published. */
export async function listCurrentConsents(db: Db): Promise<ConsentTextDto<BookedConsentKind>[]> {
  const last: ConsentTextDto<BookedConsentKind>[] = [];
  for (const kind of BOOKED) {
    const text = await findConsentText(db, kind);
    if (text) last.push({ ...text, kind });
  }
  return last;
}

/** The last version of one consent; nothing where the clinic has published none. */
export async function findConsentText(db: Db, kind: ConsentKind): Promise<ConsentTextDto | undefined> {
  const row = await db.consentText.findFirst({ where: { kind }, orderBy: { version: "desc" } });
  if (!row) return undefined;
  const { id, version, texts } = row;
  return { consentTextId: id, kind, version, texts: toLocalizedText(texts) };
}

/** What was agreed to for a visit of a scope, and when; what was taken back is left out. */
export async function listConsents(
  db: Db,
  scope: AppointmentScope,
  appointmentId: string,
): Promise<{ kind: ConsentKind; version: number; agreedAt: Temporal.Instant }[]> {
  const rows = await db.consent.findMany({
    where: { appointmentId, appointment: scope, withdrawnAt: null },
    include: { consentText: { select: { kind: true, version: true } } },
    orderBy: { id: "asc" },
  });
  return rows.map(({ consentText, agreedAt }) => ({ ...consentText, agreedAt: toInstant(agreedAt) }));
}

/**
 * What patients agree to when they book, of which this visit has no agreement in any version: staff booked it, or it began from a
 * conversation, and nobody agrees in a patient's place.
 */
export async function listMissingConsents(
  db: Db,
  scope: AppointmentScope,
  appointmentId: string,
): Promise<ConsentTextDto<BookedConsentKind>[]> {
  const agreed = await listConsents(db, scope, appointmentId);
  return (await listCurrentConsents(db)).filter(({ kind }) => agreed.every((one) => one.kind !== kind));
}

/** Every version of every consent that the clinic has published, the last of each kind first. */
export async function listConsentVersions(
  db: Db,
): Promise<(ConsentTextDto & { publishedAt: Temporal.Instant })[]> {
  const rows = await db.consentText.findMany({ orderBy: [{ kind: "asc" }, { version: "desc" }] });
  return rows.map(({ id, kind, version, texts, publishedAt }) => ({
    consentTextId: id,
    kind,
    version,
    texts: toLocalizedText(texts),
    publishedAt: toInstant(publishedAt),
  }));
}
