import type { Temporal } from "temporal-polyfill";
import { recordAudit } from "@/lib/audit/mutations";
import type { AuditActor } from "@/lib/audit/types";
import { newId } from "@/lib/core/ids";
import { ok, type Result, refuse } from "@/lib/core/result";
import type { Tx } from "@/lib/db/client";
import { type IntakeQuestion, Prisma } from "@/lib/db/generated/client";
import { transaction } from "@/lib/db/transaction";
import { publish } from "@/lib/events/publish";
import { CLINIC_TOPIC } from "@/lib/events/topics";
import { toDate } from "@/lib/time/instant";
import type { IntakeQuestionInput } from "../schema/intake-questions";

/** More than anybody answers before a visit. */
const MAX_QUESTIONS = 12;

/**
 * Adds a question to a visit type, or puts it in the place of another. A question is never rewritten: answers keep what was asked,
 * so the old one is archived and the new one stands where it stood.
 *
 * @returns nothing, or `not_found`, `too_many_questions`
 */
export const saveIntakeQuestion = (
  { visitTypeId, questionId, options, ...question }: IntakeQuestionInput,
  actor: AuditActor,
  now: Temporal.Instant,
): Promise<Result<undefined, "not_found" | "too_many_questions">> =>
  transaction(async (tx) => {
    const present = await lockQuestions(tx, visitTypeId);
    if (!present) return refuse("not_found");
    const former = present.find(({ id }) => id === questionId);
    if (questionId !== undefined && !former) return refuse("not_found");
    if (!former && present.length >= MAX_QUESTIONS) return refuse("too_many_questions");
    if (former) await archive(tx, former.id, now);
    const id = newId();
    await tx.intakeQuestion.create({
      data: {
        id,
        visitTypeId,
        position: former?.position ?? Math.max(0, ...present.map(({ position }) => position)) + 1,
        ...question,
        options: options ?? Prisma.DbNull,
        createdAt: toDate(now),
      },
    });
    await record(tx, id, actor, now);
    return ok();
  });

/** Asks a question no more; answers to it stay. @returns nothing, or `not_found` */
export const archiveIntakeQuestion = (
  { questionId }: { questionId: string },
  actor: AuditActor,
  now: Temporal.Instant,
): Promise<Result<undefined, "not_found">> =>
  transaction(async (tx) => {
    if ((await archive(tx, questionId, now)) === 0) return refuse("not_found");
    await record(tx, questionId, actor, now);
    return ok();
  });

/** Lets a question and its neighbour change places; the first goes no further up. @returns nothing, or `not_found` */
export const moveIntakeQuestion = (
  { questionId, direction }: { questionId: string; direction: "up" | "down" },
  actor: AuditActor,
  now: Temporal.Instant,
): Promise<Result<undefined, "not_found">> =>
  transaction(async (tx) => {
    const moved = await tx.intakeQuestion.findFirst({ where: { id: questionId, archivedAt: null } });
    const present = moved && (await lockQuestions(tx, moved.visitTypeId));
    const from = present?.findIndex(({ id }) => id === questionId) ?? -1;
    if (!present || from === -1) return refuse("not_found");
    const to = Math.min(Math.max(from + (direction === "up" ? -1 : 1), 0), present.length - 1);
    const order = present.map(({ id }) => id);
    order.splice(to, 0, ...order.splice(from, 1));
    for (const [index, id] of order.entries())
      await tx.intakeQuestion.update({ where: { id }, data: { position: index + 1 } });
    await record(tx, questionId, actor, now);
    return ok();
  });

/** The questions asked at present, in order, until the transaction ends nobody else's to change; none for an unknown visit type. */
async function lockQuestions(tx: Tx, visitTypeId: string): Promise<IntakeQuestion[] | undefined> {
  const rows = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM "visit_type" WHERE "id" = ${visitTypeId}::uuid FOR NO KEY UPDATE`;
  if (rows.length === 0) return undefined;
  return tx.intakeQuestion.findMany({
    where: { visitTypeId, archivedAt: null },
    orderBy: [{ position: "asc" }, { id: "asc" }],
  });
}

async function archive(tx: Tx, id: string, now: Temporal.Instant): Promise<number> {
  const { count } = await tx.intakeQuestion.updateMany({
    where: { id, archivedAt: null },
    data: { archivedAt: toDate(now) },
  });
  return count;
}

async function record(tx: Tx, id: string, actor: AuditActor, now: Temporal.Instant): Promise<void> {
  await publish(tx, [CLINIC_TOPIC]);
  await recordAudit(
    tx,
    {
      action: "intake_question.changed",
      details: {},
      actor,
      outcome: "success",
      subject: undefined,
      entity: { type: "intake_question", id },
    },
    now,
  );
}
