import { createHash } from "node:crypto";
import type { Temporal } from "temporal-polyfill";
import { patientScope } from "@/lib/access/rules";
import type { Actor } from "@/lib/access/types";
import { readIntake } from "@/lib/booking/data/answers";
import { listIntakeQuestions } from "@/lib/booking/data/intake";
import type { Booked, Booker, BookingRefusal } from "@/lib/booking/types/booking";
import { type Result, refuse } from "@/lib/core/result";
import { db } from "@/lib/db/client";
import { unseal } from "@/lib/security/seal";
import { findVisit, type VisitRow, visitTimes } from "../data/visits";
import { visitPhase } from "../rules/windows";
import { bookVisit } from "./book-visit";

export type RebookRefusal = BookingRefusal | "not_found" | "not_missed";

type Rebooking = {
  appointmentId: string;
  startAt: Temporal.Instant;
  /** Of whoever looks on, for mails and pages opened by link. */
  locale: string;
  timeZone: string;
  address: string | undefined;
};

/**
 * Books another time in the place of a visit that did not take place: the same practitioner and kind of visit, with what the patient
 * wrote, answered and agreed to then. Where more is asked for now, or another wording is to be agreed to, it is refused by `answers` or
 * `consents`, and the booking's own form is the way. A personal link may do so too, although its visit is over.
 *
 * @returns the new visit, with a link of its own for somebody without an account; `not_missed` for a visit that can still take place
 */
export async function rebookMissed(
  { appointmentId, startAt, locale, timeZone, address }: Rebooking,
  actor: Actor,
  now: Temporal.Instant,
): Promise<Result<Booked, RebookRefusal>> {
  const visit = await findVisit(db(), patientScope(actor), appointmentId);
  const booker = visit && bookerOf(actor, visit);
  if (!visit || !booker) return refuse("not_found");
  if (visitPhase(visitTimes(visit), "patient", now) !== "missed") return refuse("not_missed");
  const followers = await db().appointment.findMany({
    where: { followsId: appointmentId },
    select: { status: true, startAt: true },
  });
  const isAnother = ({ status, startAt: at }: (typeof followers)[number]) =>
    (status === "booked" || status === "arrived") && at.getTime() !== startAt.epochMilliseconds;
  if (followers.some(isAnother)) return refuse("already_booked");

  const [intake, questions] = await Promise.all([
    readIntake(db(), patientScope(actor), appointmentId),
    listIntakeQuestions(db(), visit.visitTypeId),
  ]);
  const asked = new Set(questions.map(({ questionId }) => questionId));
  const given = followers.filter(({ status }) => status === "cancelled").length;
  return bookVisit(
    {
      practitionerId: visit.practitionerId,
      visitTypeId: visit.visitTypeId,
      startAt,
      reason: reasonOf(visit),
      idempotencyKey: keyOf(appointmentId, given),
      booker,
      followsId: appointmentId,
      answers: Object.fromEntries(Object.entries(intake.answers).filter(([id]) => asked.has(id))),
      consentTextIds: intake.consentTextIds,
      locale,
      timeZone,
      address,
    },
    now,
  );
}

function bookerOf(actor: Actor, { patient }: VisitRow): Booker | undefined {
  if (actor.kind === "link") return { kind: "link", patient };
  if (actor.kind !== "user") return undefined;
  return { kind: "account", userId: actor.userId, pseudonym: actor.pseudonym, patient: { id: patient.id } };
}

const reasonOf = ({ id, reasonSealed, reasonKeyId }: VisitRow) =>
  reasonSealed && reasonKeyId
    ? unseal({ keyId: reasonKeyId, sealed: reasonSealed }, `appointment.reason:${id}`)
    : "";

/** One key for each missed visit and each booking in its place that was cancelled again: two at once make one booking. */
function keyOf(appointmentId: string, cancelled: number): string {
  const digest = createHash("sha256").update(`rebook:${appointmentId}:${cancelled}`).digest("hex");
  // RFC 9562 §5.8: version 8, of our own making.
  const parts = [
    digest.slice(0, 8),
    digest.slice(8, 12),
    `8${digest.slice(13, 16)}`,
    `8${digest.slice(17, 20)}`,
  ];
  return [...parts, digest.slice(20, 32)].join("-");
}
