import type { Temporal } from "temporal-polyfill";
import type { Role } from "@/lib/access/types";
import { AROUND_THE_CLOCK, WEEKDAYS } from "@/lib/availability/constants";
import type { WeeklyInterval } from "@/lib/availability/types";
import { newId } from "@/lib/core/ids";
import type { Db } from "@/lib/db/client";
import type {
  Appointment,
  Patient,
  Practitioner,
  PractitionerEntry,
  User,
  VisitType,
} from "@/lib/db/generated/client";
import { SPECIALTIES } from "@/lib/directory/constants";
import { toSearchForm } from "@/lib/directory/rules/search-form";
import type { LocalizedText } from "@/lib/directory/types";
import { hashPassword } from "@/lib/security/password";
import { toDate } from "@/lib/time/instant";
import { fixedId } from "./fixed-id";
import { type NewVisit, visitRows } from "./visit-rows";

/**
 * Rows for tests and for the seed: complete, valid, and of people who are obviously invented. Every factory takes an id where
 * a test wants to know it beforehand, and `now` as the time of the row's birth.
 */
type Born = { id?: string; now: Temporal.Instant };

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
    maxPerDay?: number;
    changeNoticeMinutes?: number;
    offeredNow?: boolean;
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
    trueconfUser,
    entry = trueconfUser === undefined ? "guest" : "account",
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
    trueconfUser?: string;
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
      searchName: toSearchForm(displayName),
      languages,
      timeZone,
      entry,
      trueconfUser: trueconfUser ?? null,
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

/** Writes a visit's rows ({@link visitRows}). */
export async function makeAppointment(db: Db, options: NewVisit): Promise<Appointment> {
  const { appointment, encounter, slot } = visitRows(options);
  const row = await db.appointment.create({ data: appointment });
  await db.encounter.create({ data: encounter });
  if (slot) await db.slot.create({ data: slot });
  return row;
}
