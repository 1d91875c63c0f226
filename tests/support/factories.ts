import { createHash } from "node:crypto";
import type { Temporal } from "temporal-polyfill";
import type { Role } from "@/lib/access/types";
import { AROUND_THE_CLOCK, WEEKDAYS } from "@/lib/availability/constants";
import { seatsFor } from "@/lib/availability/rules/seats";
import type { WeeklyInterval } from "@/lib/availability/types";
import { newId } from "@/lib/core/ids";
import type { Db } from "@/lib/db/client";
import type {
  Appointment,
  AppointmentStatus,
  EncounterStatus,
  Patient,
  Practitioner,
  PractitionerEntry,
  Prisma,
  User,
  VisitType,
} from "@/lib/db/generated/client";
import { SPECIALTIES } from "@/lib/directory/constants";
import type { LocalizedText } from "@/lib/directory/types";
import { hashPassword } from "@/lib/security/password";
import { seal } from "@/lib/security/seal";
import { toDate } from "@/lib/time/instant";

/**
 * Rows for tests and for the seed: complete, valid, and of people who are obviously invented. Every factory takes an id where
 * a test wants to know it beforehand, and `now` as the time of the row's birth.
 */
type Born = { id?: string; now: Temporal.Instant };

/** An id that is always the same for the same name: UUID version 8 (RFC 9562 §5.8) from its SHA-256. */
export function fixedId(name: string): string {
  const hex = createHash("sha256").update(name).digest("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** An account. Without a password it is one that was invited and has not answered yet. */
export async function makeUser(
  db: Db,
  {
    id = newId(),
    now,
    email = `user-${id}@example.org`,
    name = "Test Example",
    roles = ["patient"],
    password,
    locale = "en",
    timeZone = null,
  }: Born & {
    email?: string;
    name?: string;
    roles?: Role[];
    password?: string;
    locale?: string;
    timeZone?: string | null;
  },
): Promise<User> {
  const passwordHash = password === undefined ? null : await hashPassword(password);
  return db.user.create({
    data: {
      id,
      email,
      name,
      roles,
      passwordHash,
      locale,
      timeZone,
      pseudonym: newId(),
      createdAt: toDate(now),
    },
  });
}

export const makePatient = (
  db: Db,
  {
    id = newId(),
    now,
    name = "Paula Beispiel",
    email = `patient-${id}@example.org`,
    phone = null,
    userId = null,
    locale = "en",
    timeZone = "Europe/Berlin",
  }: Born & {
    name?: string;
    email?: string;
    phone?: string | null;
    userId?: string | null;
    locale?: string;
    timeZone?: string;
  },
): Promise<Patient> =>
  db.patient.create({
    data: { id, name, email, phone, userId, locale, timeZone, pseudonym: newId(), createdAt: toDate(now) },
  });

/** A visit type of half an hour, offered every half hour, without buffers, bookable at once and for 60 days. */
export const makeVisitType = (
  db: Db,
  {
    id = newId(),
    now,
    code = id,
    names = { en: "Test visit", ru: "Тестовый приём" },
    durationMinutes = 30,
    intervalMinutes = 30,
    ...limits
  }: Born & {
    code?: string;
    names?: LocalizedText;
    durationMinutes?: number;
    intervalMinutes?: number;
    bufferBeforeMinutes?: number;
    bufferAfterMinutes?: number;
    minNoticeMinutes?: number;
    horizonDays?: number;
    active?: boolean;
  },
): Promise<VisitType> =>
  db.visitType.create({
    data: {
      id,
      code,
      names,
      durationMinutes,
      intervalMinutes,
      horizonDays: 60,
      ...limits,
      createdAt: toDate(now),
    },
  });

/** A practitioner with an account, who offers the given visit types and has no hours yet ({@link makeRules}). */
export async function makePractitioner(
  db: Db,
  {
    id = newId(),
    now,
    displayName = "Dr Test Example",
    specialtyCode = "general-practice",
    languages = ["en"],
    timeZone = "Europe/Berlin",
    entry = "guest",
    visitTypeIds = [],
    introductions,
    active = true,
    userId,
  }: Born & {
    displayName?: string;
    /** One of `SPECIALTIES`. */
    specialtyCode?: string;
    languages?: string[];
    timeZone?: string;
    entry?: PractitionerEntry;
    visitTypeIds?: readonly string[];
    introductions?: LocalizedText;
    active?: boolean;
    /** An account made before; a new one when left out. */
    userId?: string;
  },
): Promise<Practitioner> {
  const names = SPECIALTIES[specialtyCode] ?? { en: specialtyCode, ru: specialtyCode };
  await db.specialty.createMany({
    data: [{ id: fixedId(`specialty:${specialtyCode}`), code: specialtyCode, names }],
    skipDuplicates: true,
  });
  const specialty = await db.specialty.findUniqueOrThrow({ where: { code: specialtyCode } });
  const owner =
    userId ?? (await makeUser(db, { name: displayName, roles: ["practitioner"], timeZone, now })).id;
  return db.practitioner.create({
    data: {
      id,
      userId: owner,
      specialtyId: specialty.id,
      displayName,
      languages,
      timeZone,
      entry,
      active,
      ...(introductions ? { introductions } : {}),
      createdAt: toDate(now),
      visitTypes: { createMany: { data: visitTypeIds.map((visitTypeId) => ({ visitTypeId })) } },
    },
  });
}

/** Every day, around the clock. */
export const ALWAYS: readonly WeeklyInterval[] = WEEKDAYS.map((weekday) => ({
  weekday,
  ...AROUND_THE_CLOCK,
}));

/** Weekly hours; around the clock when none are given. */
export async function makeRules(
  db: Db,
  practitionerId: string,
  hours: readonly WeeklyInterval[] = ALWAYS,
): Promise<void> {
  await db.availabilityRule.createMany({
    data: hours.map((interval, index) => ({
      id: fixedId(`rule:${practitionerId}:${index}`),
      practitionerId,
      ...interval,
    })),
  });
}

const ENCOUNTER_STATUS: Record<AppointmentStatus, EncounterStatus> = {
  pending: "planned",
  booked: "planned",
  arrived: "arrived",
  fulfilled: "finished",
  cancelled: "cancelled",
  noshow: "cancelled",
};

type VisitOptions = Born & {
  practitioner: Pick<Practitioner, "id" | "entry">;
  patient: Pick<Patient, "id" | "locale" | "timeZone">;
  visitType: VisitType;
  startAt: Temporal.Instant;
  status?: AppointmentStatus;
  reason?: string;
};

/** A visit's rows: appointment, encounter and, unless it was cancelled, the claim on the practitioner's time. */
export function visitRows({
  id = newId(),
  now,
  practitioner,
  patient,
  visitType,
  startAt,
  status = "booked",
  reason,
}: VisitOptions): {
  appointment: Prisma.AppointmentCreateManyInput;
  encounter: Prisma.EncounterCreateManyInput;
  slot: Prisma.SlotCreateManyInput | undefined;
} {
  const endAt = startAt.add({ minutes: visitType.durationMinutes });
  const sealed = reason === undefined ? undefined : seal(reason, `appointment.reason:${id}`);
  const ids = { practitionerId: practitioner.id, patientId: patient.id, visitTypeId: visitType.id };
  const came = status === "arrived" || status === "fulfilled";
  const appointment = {
    ...ids,
    id,
    status,
    startAt: toDate(startAt),
    endAt: toDate(endAt),
    timeZone: patient.timeZone,
    locale: patient.locale,
    reasonSealed: sealed?.sealed ?? null,
    reasonKeyId: sealed?.keyId ?? null,
    idempotencyKey: fixedId(`form:${id}`),
    sequence: status === "cancelled" ? 1 : 0,
    cancelledAt: status === "cancelled" ? toDate(now) : null,
    createdAt: toDate(now),
  };
  const encounter = {
    id: fixedId(`encounter:${id}`),
    appointmentId: id,
    status: ENCOUNTER_STATUS[status],
    entry: practitioner.entry,
    arrivedAt: came ? toDate(startAt.subtract({ minutes: 4 })) : null,
    startedAt: status === "fulfilled" ? toDate(startAt.add({ minutes: 1 })) : null,
    endedAt: status === "fulfilled" ? toDate(endAt.subtract({ minutes: 2 })) : null,
    createdAt: toDate(now),
  };
  if (status === "cancelled") return { appointment, encounter, slot: undefined };
  const slot = {
    ...ids,
    id: fixedId(`slot:${id}`),
    appointmentId: id,
    status: "busy" as const,
    startAt: toDate(startAt.subtract({ minutes: visitType.bufferBeforeMinutes })),
    endAt: toDate(endAt.add({ minutes: visitType.bufferAfterMinutes })),
    visitStartAt: toDate(startAt),
    visitEndAt: toDate(endAt),
    seats: seatsFor(practitioner.entry),
    createdAt: toDate(now),
  };
  return { appointment, encounter, slot };
}

/** Writes a visit's rows ({@link visitRows}). */
export async function makeAppointment(db: Db, options: VisitOptions): Promise<Appointment> {
  const { appointment, encounter, slot } = visitRows(options);
  const row = await db.appointment.create({ data: appointment });
  await db.encounter.create({ data: encounter });
  if (slot) await db.slot.create({ data: slot });
  return row;
}
