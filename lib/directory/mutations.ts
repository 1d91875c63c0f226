import type { Temporal } from "temporal-polyfill";
import { recordAudit } from "@/lib/audit/mutations";
import type { AuditActor } from "@/lib/audit/types";
import { UNENTERED } from "@/lib/auth/data";
import { newId } from "@/lib/core/ids";
import { ok, type Result, refuse } from "@/lib/core/result";
import type { Tx } from "@/lib/db/client";
import { type Patient, Prisma } from "@/lib/db/generated/client";
import { transaction } from "@/lib/db/transaction";
import { publish } from "@/lib/events/publish";
import { CLINIC_TOPIC, practitionerTopic, timesTopic } from "@/lib/events/topics";
import { queueNotification } from "@/lib/notifications/mutations";
import { toDate } from "@/lib/time/instant";
import { trueconf } from "@/lib/trueconf/client";
import { SPECIALTIES } from "./constants";
import { toSearchForm } from "./rules/search-form";
import type {
  NewPractitioner,
  NewVisitType,
  PractitionerChange,
  PractitionerEntryChange,
  VisitTypeChange,
} from "./schema";
import type {
  InvitationResendRefusal,
  PractitionerEntryRefusal,
  PractitionerRefusal,
  VisitTypeRefusal,
} from "./types";

/** The unique index refuses a second account for one address, whoever else is adding it at this moment. */
const ACCOUNT_CONSTRAINTS = { user_email_key: "email_in_use" } as const;
export const VISIT_TYPE_CONSTRAINTS = {
  practitioner_visit_type_visit_type_id_fkey: "unknown_visit_type",
} as const;

/**
 * Adds a practitioner with a user who has no password yet, and queues the mail that invites them to set one.
 *
 * @returns the new practitioner, or `email_in_use`, `unknown_visit_type`
 */
export const createPractitioner = (
  input: NewPractitioner,
  actor: AuditActor,
  now: Temporal.Instant,
): Promise<Result<{ practitionerId: string }, PractitionerRefusal>> =>
  transaction(
    async (tx) => {
      const practitionerId = newId();
      const specialtyId = await ensureSpecialty(tx, input.specialtyCode);
      if (!specialtyId) return refuse("not_found");
      const user = await tx.user.create({
        data: {
          id: newId(),
          email: input.email,
          name: input.displayName,
          roles: ["practitioner"],
          locale: input.locale,
          timeZone: input.timeZone,
          pseudonym: newId(),
          createdAt: toDate(now),
        },
      });
      await tx.practitioner.create({
        data: {
          id: practitionerId,
          userId: user.id,
          specialtyId,
          displayName: input.displayName,
          searchName: toSearchForm(input.displayName),
          languages: input.languages,
          introductions: input.introductions ?? Prisma.DbNull,
          timeZone: input.timeZone,
          createdAt: toDate(now),
          visitTypes: { createMany: { data: input.visitTypeIds.map((visitTypeId) => ({ visitTypeId })) } },
        },
      });
      await queueNotification(tx, { kind: "invitation", userId: user.id, now });
      await recordAudit(
        tx,
        {
          action: "practitioner.created",
          details: {},
          actor,
          outcome: "success",
          subject: user.pseudonym,
          entity: { type: "practitioner", id: practitionerId },
        },
        now,
      );
      return ok({ practitionerId });
    },
    { ...ACCOUNT_CONSTRAINTS, ...VISIT_TYPE_CONSTRAINTS },
  );

/** A practitioner's details as they are to be. */
export type PractitionerDetails = Omit<PractitionerChange, "leave">;

/**
 * Changes a practitioner's details and visit types within the transaction of whoever looks after the visits that this may strand:
 * booked ones stay as they are, and an inactive practitioner is not offered.
 *
 * @param check asked once everything is changed, before the trail; its refusal is returned
 * @returns nothing, or `not_found`; a visit type that is not there breaks {@link VISIT_TYPE_CONSTRAINTS}
 */
export async function writePractitioner<R extends string>(
  tx: Tx,
  { practitionerId, specialtyCode, visitTypeIds, introductions, ...details }: PractitionerDetails,
  check: () => Promise<Result<undefined, R>>,
  actor: AuditActor,
  now: Temporal.Instant,
): Promise<Result<undefined, "not_found" | R>> {
  const before = await tx.practitioner.findUnique({ where: { id: practitionerId }, include: { user: true } });
  const specialtyId = await ensureSpecialty(tx, specialtyCode);
  if (!before || !specialtyId) return refuse("not_found");
  await tx.practitioner.update({
    where: { id: practitionerId },
    data: {
      ...details,
      searchName: toSearchForm(details.displayName),
      specialty: { connect: { id: specialtyId } },
      introductions: introductions ?? Prisma.DbNull,
      visitTypes: {
        deleteMany: {},
        createMany: { data: visitTypeIds.map((visitTypeId) => ({ visitTypeId })) },
      },
      user: { update: { name: details.displayName } },
    },
  });
  const checked = await check();
  if (!checked.ok) return checked;
  await publish(tx, [CLINIC_TOPIC, practitionerTopic(practitionerId), timesTopic(practitionerId)]);
  await recordAudit(
    tx,
    {
      action: "practitioner.changed",
      details: { fields: changedFields(before, { ...details, specialtyId }) },
      actor,
      outcome: "success",
      subject: before.user.pseudonym,
      entity: { type: "practitioner", id: practitionerId },
    },
    now,
  );
  return ok();
}

/**
 * Changes how a practitioner enters visits that are booked from now on. Those already booked keep theirs: they have claimed the
 * guest seats that it takes, and each can be changed on its own page.
 *
 * TrueConf is asked whether the account exists; where it does not answer, the start of a visit will tell.
 */
export async function changePractitionerEntry(
  { practitionerId, entry, trueconfUser }: PractitionerEntryChange,
  actor: AuditActor,
  now: Temporal.Instant,
): Promise<Result<undefined, PractitionerEntryRefusal>> {
  if (trueconfUser !== null) {
    const found = await trueconf().getUser(trueconfUser);
    if (!found.ok && found.error.kind === "not_found") return refuse("unknown_account");
  }
  return transaction(async (tx) => {
    const before = await tx.practitioner.findUnique({
      where: { id: practitionerId },
      include: { user: true },
    });
    if (!before) return refuse("not_found");
    await tx.practitioner.update({ where: { id: practitionerId }, data: { entry, trueconfUser } });
    // Seats are counted by it: what is offered may change.
    await publish(tx, [practitionerTopic(practitionerId), timesTopic(practitionerId)]);
    await recordAudit(
      tx,
      {
        action: "practitioner.changed",
        details: { fields: changedFields(before, { entry, trueconfUser }) },
        actor,
        outcome: "success",
        subject: before.user.pseudonym,
        entity: { type: "practitioner", id: practitionerId },
      },
      now,
    );
    return ok();
  });
}

/**
 * Queues the invitation of a practitioner who has never signed in once more; earlier links stay good until one is used.
 *
 * @returns nothing, or `not_found`, `already_accepted`
 */
export const resendInvitation = (
  { practitionerId }: { practitionerId: string },
  actor: AuditActor,
  now: Temporal.Instant,
): Promise<Result<undefined, InvitationResendRefusal>> =>
  transaction(async (tx) => {
    const found = await tx.practitioner.findUnique({
      where: { id: practitionerId },
      include: { user: true },
    });
    if (!found) return refuse("not_found");
    const isWaiting = (await tx.user.count({ where: { ...UNENTERED, id: found.userId } })) > 0;
    if (!isWaiting) return refuse("already_accepted");
    await queueNotification(tx, { kind: "invitation", userId: found.userId, now });
    await recordAudit(
      tx,
      {
        action: "user.invited",
        details: {},
        actor,
        outcome: "success",
        subject: found.user.pseudonym,
        entity: undefined,
      },
      now,
    );
    return ok();
  });

/** Adds a visit type; practitioners offer it once they are given it. */
export const createVisitType = (
  input: NewVisitType,
  actor: AuditActor,
  now: Temporal.Instant,
): Promise<Result<{ visitTypeId: string }>> =>
  transaction(async (tx) => {
    const id = newId();
    await tx.visitType.create({ data: { ...input, id, code: id, createdAt: toDate(now) } });
    await recordAudit(
      tx,
      {
        action: "visit_type.created",
        details: {},
        actor,
        outcome: "success",
        subject: undefined,
        entity: { type: "visit_type", id },
      },
      now,
    );
    return ok({ visitTypeId: id });
  });

/** Changes a visit type for visits still to be booked; booked ones keep their times. @returns nothing, or `not_found` */
export const updateVisitType = (
  { visitTypeId, ...details }: VisitTypeChange,
  actor: AuditActor,
  now: Temporal.Instant,
): Promise<Result<undefined, VisitTypeRefusal>> =>
  transaction(async (tx) => {
    const before = await tx.visitType.findUnique({ where: { id: visitTypeId } });
    if (!before) return refuse("not_found");
    await tx.visitType.update({ where: { id: visitTypeId }, data: details });
    await publish(tx, [CLINIC_TOPIC]);
    await recordAudit(
      tx,
      {
        action: "visit_type.changed",
        details: { fields: changedFields(before, details) },
        actor,
        outcome: "success",
        subject: undefined,
        entity: { type: "visit_type", id: visitTypeId },
      },
      now,
    );
    return ok();
  });

/** What the contact of one booking says of the patient; nothing of it has been verified. */
export type BookingPatient = {
  name: string;
  email: string | undefined;
  phone?: string | undefined;
  /** Who speaks for the patient, where somebody else does; address and phone are theirs then. */
  contactName?: string | undefined;
  /** The account that booked for somebody else. */
  contactUserId?: string | undefined;
  locale: string;
  timeZone: string;
  now: Temporal.Instant;
};

/**
 * The patient of a booking without a session: always a new one. Nobody is attached to a record by an address alone
 * (that would show it to whoever knows the address).
 */
export const createPatientForBooking = (tx: Tx, { now, ...contact }: BookingPatient): Promise<Patient> =>
  tx.patient.create({ data: { id: newId(), ...contact, pseudonym: newId(), createdAt: toDate(now) } });

/** The row of a specialty, made when it is first used; `undefined` for a code that neither the clinic nor the portal knows. */
async function ensureSpecialty(tx: Tx, code: string): Promise<string | undefined> {
  const found = await tx.specialty.findUnique({ where: { code } });
  if (found) return found.id;
  const names = Object.hasOwn(SPECIALTIES, code) ? SPECIALTIES[code] : undefined;
  if (!names) return undefined;
  // Two administrators may add the first practitioner of a specialty at once: the second waits here and finds the first one's row.
  await tx.specialty.createMany({ data: [{ id: newId(), code, names }], skipDuplicates: true });
  return (await tx.specialty.findUniqueOrThrow({ where: { code } })).id;
}

/** The names of the fields whose values differ, for the trail: never the values. */
function changedFields(before: Readonly<Record<string, unknown>>, after: Readonly<Record<string, unknown>>) {
  return Object.keys(after).filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]));
}
