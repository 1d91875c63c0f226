import { z } from "zod";
import type { AppointmentScope } from "@/lib/access/types";
import type { Db } from "@/lib/db/client";
import type { Locale } from "@/lib/i18n/locales";
import { localized } from "@/lib/i18n/localized";
import { unseal } from "@/lib/security/seal";
import { answerPlace } from "../rules/intake";

const optionsSchema = z.array(z.object({ value: z.string(), names: z.unknown() })).catch([]);

/** What was answered when a visit of a scope was booked and agreed to, as another booking's form would say it: for one in its place. */
export async function readIntake(
  db: Db,
  scope: AppointmentScope,
  appointmentId: string,
): Promise<{ answers: Record<string, string>; consentTextIds: string[] }> {
  const [answers, consents] = [
    await db.intakeAnswer.findMany({ where: { appointmentId, appointment: scope } }),
    await db.consent.findMany({
      where: { appointmentId, appointment: scope },
      select: { consentTextId: true },
    }),
  ];
  return {
    answers: Object.fromEntries(
      answers.map(({ id, questionId, valueSealed, valueKeyId }) => [
        questionId,
        unseal({ keyId: valueKeyId, sealed: valueSealed }, answerPlace(id)),
      ]),
    ),
    consentTextIds: consents.map(({ consentTextId }) => consentTextId),
  };
}

/** What was asked and answered when a visit of a scope was booked, in the order of the questions. The caller has recorded that it is read. */
export async function listAnswers(
  db: Db,
  scope: AppointmentScope,
  appointmentId: string,
  locale: Locale,
): Promise<{ questionId: string; question: string; answer: string }[]> {
  const rows = await db.intakeAnswer.findMany({
    where: { appointmentId, appointment: scope },
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
