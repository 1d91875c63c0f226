import type { Temporal } from "temporal-polyfill";
import { newId } from "@/lib/core/ids";
import { ok, type Result, refuse } from "@/lib/core/result";
import type { Tx } from "@/lib/db/client";
import { seal } from "@/lib/security/seal";
import { toDate } from "@/lib/time/instant";
import { listCurrentConsents, listIntakeQuestions } from "../data/intake";
import { answerPlace, checkAnswers } from "../rules/intake";
import type { Booking } from "../types/booking";

/** What is written beside an appointment. */
export type Intake = {
  answers: readonly { questionId: string; value: string }[];
  consentTextIds: readonly string[];
};

type Asked = Pick<Booking, "visitTypeId" | "answers" | "consentTextIds"> & {
  booker: Pick<Booking["booker"], "kind">;
};

/**
 * Answers as the visit type's questions ask for them now, and agreement to everything in its present wording. Staff answer what
 * they know, and agree to nothing in a patient's place.
 */
export async function checkIntake(
  tx: Tx,
  { booker, visitTypeId, answers: sent, consentTextIds }: Asked,
): Promise<Result<Intake, "answers" | "consents">> {
  const isStaff = booker.kind === "staff";
  const questions = await listIntakeQuestions(tx, visitTypeId);
  const { answers, faults, hasStrangers } = checkAnswers(
    isStaff ? questions.map((question) => ({ ...question, required: false })) : questions,
    sent,
  );
  if (hasStrangers || Object.keys(faults).length > 0) return refuse("answers");
  if (isStaff) return ok({ answers, consentTextIds: [] });
  const current = (await listCurrentConsents(tx)).map((text) => text.consentTextId);
  // What was agreed to beyond that, an earlier wording say, is not asked for any more and not written down.
  if (!current.every((id) => consentTextIds.includes(id))) return refuse("consents");
  return ok({ answers, consentTextIds: current });
}

/** Writes what was answered, sealed, and what was agreed to: which version, in which language, when. */
export async function writeIntake(
  tx: Tx,
  { appointmentId, patientId, locale }: { appointmentId: string; patientId: string; locale: string },
  { answers, consentTextIds }: Intake,
  now: Temporal.Instant,
): Promise<void> {
  if (answers.length > 0) {
    await tx.intakeAnswer.createMany({
      data: answers.map(({ questionId, value }) => {
        const id = newId();
        const { sealed, keyId } = seal(value, answerPlace(id));
        return {
          id,
          appointmentId,
          questionId,
          valueSealed: sealed,
          valueKeyId: keyId,
          createdAt: toDate(now),
        };
      }),
    });
  }
  if (consentTextIds.length > 0) {
    await tx.consent.createMany({
      data: consentTextIds.map((consentTextId) => ({
        id: newId(),
        patientId,
        appointmentId,
        consentTextId,
        locale,
        agreedAt: toDate(now),
      })),
    });
  }
}
