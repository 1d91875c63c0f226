import { z } from "zod";
import type { Db } from "@/lib/db/client";
import type { Locale } from "@/lib/i18n/locales";
import { localized } from "@/lib/i18n/localized";
import { unseal } from "@/lib/security/seal";
import { answerPlace } from "../rules/intake";

const optionsSchema = z.array(z.object({ value: z.string(), names: z.unknown() })).catch([]);

/** What was asked and answered when a visit was booked, in the order of the questions. The caller has recorded that it is read. */
export async function listAnswers(
  db: Db,
  appointmentId: string,
  locale: Locale,
): Promise<{ questionId: string; question: string; answer: string }[]> {
  const rows = await db.intakeAnswer.findMany({
    where: { appointmentId },
    include: { question: true },
    orderBy: [{ question: { position: "asc" } }, { id: "asc" }],
  });
  return rows.map(({ id, question, valueSealed, valueKeyId }) => {
    const value = unseal({ keyId: valueKeyId, sealed: valueSealed }, answerPlace(id));
    const option = optionsSchema.parse(question.options).find((candidate) => candidate.value === value);
    return {
      questionId: question.id,
      question: localized(question.labels, locale),
      answer: option ? localized(option.names, locale) : value,
    };
  });
}
