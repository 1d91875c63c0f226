import { randomUUID } from "node:crypto";
import { PrismaPg } from "@prisma/adapter-pg";
import { Temporal } from "temporal-polyfill";
import { newToken } from "@/lib/core/ids";
import { type AppointmentStatus, PrismaClient } from "@/lib/db/generated/client";
import { hashToken } from "@/lib/security/tokens";
import { toDate } from "@/lib/time/instant";
import { TEST_ENV } from "@/tests/support/env";
import {
  makeAppointment,
  makePatient,
  makePractitioner,
  makeRules,
  makeUser,
  makeVisitType,
} from "@/tests/support/factories";
import type { PortalAddresses } from "@/tests/support/portal";
import type { Account } from "./steps";

/** A practitioner of one test alone, who can be booked at any minute: tests that share one book each other's times away. */
export type Practice = { practitionerId: string; visitTypeId: string; name: string; account: Account };

/** Works on the rows of a running portal: what a test needs to be so, or cannot see from outside. */
export async function withRows<T>(
  portal: PortalAddresses,
  work: (database: PrismaClient, now: Temporal.Instant) => Promise<T>,
): Promise<T> {
  Object.assign(process.env, { ...TEST_ENV, ...process.env });
  const database = new PrismaClient({ adapter: new PrismaPg({ connectionString: portal.DATABASE_URL }) });
  try {
    return await work(database, Temporal.Now.instant());
  } finally {
    await database.$disconnect();
  }
}

/** An e-mail address and a password of nobody else. */
const newAccount = (mark: string): Account => ({
  email: `${mark}@example.org`,
  password: `demo-${randomUUID()}`,
});
const newMark = () => randomUUID().slice(0, 8);

/** @param specialtyCode one of its own, where others of the specialty must not matter */
export const openPractice = (portal: PortalAddresses, specialtyCode?: string): Promise<Practice> =>
  withRows(portal, async (database, now) => {
    const mark = newMark();
    const name = `Dr Test ${mark}`;
    const account = newAccount(`dr-${mark}`);
    const user = await makeUser(database, { ...account, now, name, roles: ["practitioner"] });
    const { id: visitTypeId } = await makeVisitType(database, {
      now,
      names: { en: "Quick call", ru: "Короткий звонок" },
      durationMinutes: 10,
      intervalMinutes: 5,
    });
    const { id } = await makePractitioner(database, {
      now,
      displayName: name,
      userId: user.id,
      visitTypeIds: [visitTypeId],
      ...(specialtyCode ? { specialtyCode } : {}),
    });
    await makeRules(database, id);
    return { practitionerId: id, visitTypeId, name, account };
  });

/** Puts a practice where it is about noon, so that the visits of the next hours are today's whenever this runs. */
export const atNoon = (portal: PortalAddresses, { practitionerId }: Practice) =>
  withRows(portal, (database, now) => {
    const behind = now.toZonedDateTimeISO("UTC").hour - 12;
    // IANA's sign is turned round: Etc/GMT+3 is three hours behind.
    const timeZone = behind === 0 ? "Etc/UTC" : `Etc/GMT${behind > 0 ? "+" : "-"}${Math.abs(behind)}`;
    return database.practitioner.update({ where: { id: practitionerId }, data: { timeZone } });
  });

/** Everything that anybody holds with this practitioner runs out, as if the time had passed. */
export const letHoldsRunOut = (portal: PortalAddresses, practitionerId: string): Promise<unknown> =>
  withRows(portal, (database, now) =>
    database.slot.updateMany({
      where: { practitionerId, status: "busy_tentative" },
      data: { expiresAt: new Date(now.subtract({ seconds: 1 }).epochMilliseconds) },
    }),
  );

/** A patient who can sign in. */
export const openAccount = (portal: PortalAddresses): Promise<Account & { patientId: string }> =>
  withRows(portal, async (database, now) => {
    const account = newAccount(`patient-${newMark()}`);
    const user = await makeUser(database, { ...account, now, name: "Paula Beispiel" });
    const { id } = await makePatient(database, { now, email: account.email, userId: user.id });
    return { ...account, patientId: id };
  });

/** A visit with its personal link. */
export type StagedVisit = { appointmentId: string; token: string };

/**
 * A visit of ten minutes at a time that nobody could book any more, or need not wait for.
 *
 * @param starts how long from now, which may be negative
 * @param patientId of {@link openAccount}; somebody without an account when left out
 */
export const stageVisit = (
  portal: PortalAddresses,
  practice: Practice,
  {
    starts,
    status = "booked",
    patientId,
  }: { starts: Temporal.DurationLike; status?: AppointmentStatus; patientId?: string },
): Promise<StagedVisit> =>
  withRows(portal, async (database, now) => {
    const token = newToken();
    const patient = patientId
      ? await database.patient.findUniqueOrThrow({ where: { id: patientId } })
      : await makePatient(database, { now });
    const { id: appointmentId } = await makeAppointment(database, {
      now,
      practitioner: { id: practice.practitionerId, entry: "guest" },
      patient,
      visitType: await database.visitType.findUniqueOrThrow({ where: { id: practice.visitTypeId } }),
      startAt: now.round("minute").add(starts),
      status,
    });
    await database.accessLink.create({
      data: {
        id: randomUUID(),
        purpose: "visit",
        tokenHash: hashToken(token),
        appointmentId,
        createdAt: new Date(now.epochMilliseconds),
      },
    });
    return { appointmentId, token };
  });

/**
 * Somebody on a practice's waitlist, with a personal link.
 *
 * @param offered a time, counted from now, that is held for them for longer than tests run
 */
export const stageWaiting = (
  portal: PortalAddresses,
  practice: Practice,
  { patientId, offered }: { patientId?: string; offered?: Temporal.DurationLike } = {},
): Promise<{ entryId: string; token: string }> =>
  withRows(portal, async (database, now) => {
    const [entryId, token] = [randomUUID(), newToken()];
    const { practitionerId, visitTypeId } = practice;
    const patient = patientId
      ? await database.patient.findUniqueOrThrow({ where: { id: patientId } })
      : await makePatient(database, { now });
    const createdAt = toDate(now);
    await database.waitlistEntry.create({
      data: {
        id: entryId,
        patientId: patient.id,
        visitTypeId,
        practitionerId,
        fromOn: toDate(now.subtract({ hours: 24 })),
        toOn: toDate(now.add({ hours: 24 * 20 })),
        timeZone: "Europe/Berlin",
        locale: "en",
        createdAt,
        accessLinks: {
          create: { id: randomUUID(), purpose: "waitlist", tokenHash: hashToken(token), createdAt },
        },
      },
    });
    if (!offered) return { entryId, token };
    const startAt = now.round("hour").add(offered);
    const [start, end] = [toDate(startAt), toDate(startAt.add({ minutes: 10 }))];
    const expiresAt = toDate(now.add({ hours: 6 }));
    const claim = { practitionerId, visitTypeId, patientId: patient.id };
    const appointment = await database.appointment.create({
      data: {
        ...claim,
        id: randomUUID(),
        status: "pending",
        startAt: start,
        endAt: end,
        timeZone: "Europe/Berlin",
        locale: "en",
        idempotencyKey: randomUUID(),
        createdAt,
      },
    });
    await database.slot.create({
      data: {
        ...claim,
        id: randomUUID(),
        appointmentId: appointment.id,
        status: "busy_tentative",
        startAt: start,
        endAt: end,
        visitStartAt: start,
        visitEndAt: end,
        seats: 2,
        expiresAt,
        createdAt,
      },
    });
    await database.waitlistOffer.create({
      data: {
        id: randomUUID(),
        entryId,
        appointmentId: appointment.id,
        practitionerId,
        startAt: start,
        expiresAt,
        createdAt,
      },
    });
    return { entryId, token };
  });

/** Somebody whom the practitioner has asked into a visit, with the link to its door. */
export const stageThirdPerson = (
  portal: PortalAddresses,
  appointmentId: string,
  status: "invited" | "waiting" | "admitted" | "revoked" = "invited",
): Promise<string> =>
  withRows(portal, async (database, now) => {
    const encounter = await database.encounter.findUniqueOrThrow({ where: { appointmentId } });
    const token = newToken();
    const at = toDate(now);
    await database.thirdPerson.create({
      data: {
        id: randomUUID(),
        encounterId: encounter.id,
        kind: "interpreter",
        name: "Ivy Dolmetsch",
        locale: "en",
        invitedBy: "practitioner",
        status,
        createdAt: at,
        admittedAt: status === "admitted" ? at : null,
        revokedAt: status === "revoked" ? at : null,
        accessLinks: {
          create: {
            id: randomUUID(),
            purpose: "third_person",
            tokenHash: hashToken(token),
            createdAt: at,
          },
        },
      },
    });
    return token;
  });

export type StagedLine = Practice & {
  specialtyCode: string;
  /** Of somebody who waits, the only one. */
  token: string;
};

/**
 * A line of a specialty of its own, with one practitioner, who offers visits at once, and somebody who waits.
 *
 * @param onDuty by the row alone: nobody is at the page, so after some seconds the practitioner counts as away
 */
export const stageLine = async (
  portal: PortalAddresses,
  { onDuty = true, waiting = true }: { onDuty?: boolean; waiting?: boolean } = {},
): Promise<StagedLine> => {
  const practice = await openPractice(portal, `line-${newMark()}`);
  return withRows(portal, async (database, now) => {
    const { practitionerId, visitTypeId } = practice;
    await database.visitType.update({ where: { id: visitTypeId }, data: { offeredNow: true } });
    const { specialty } = await database.practitioner.findUniqueOrThrow({
      where: { id: practitionerId },
      include: { specialty: true },
    });
    const [at, token] = [toDate(now), newToken()];
    // Ahead of the clock, so that it lasts as long as the tests look at it.
    const seenAt = toDate(now.add({ minutes: 30 }));
    if (onDuty)
      await database.queueDuty.create({ data: { practitionerId, since: at, idleSince: at, seenAt } });
    if (waiting)
      await database.queueEntry.create({
        data: {
          id: randomUUID(),
          patientId: (await makePatient(database, { now })).id,
          specialtyId: specialty.id,
          visitTypeId,
          // Nobody's, so that the practitioner is not offered whoever waits.
          language: "xx",
          locale: "en",
          timeZone: "Europe/Berlin",
          idempotencyKey: randomUUID(),
          joinedAt: at,
          seenAt,
          accessLinks: {
            create: { id: randomUUID(), purpose: "queue", tokenHash: hashToken(token), createdAt: at },
          },
        },
      });
    return { ...practice, specialtyCode: specialty.code, token };
  });
};
