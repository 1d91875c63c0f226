import type { Temporal } from "temporal-polyfill";
import { env } from "@/lib/core/env";
import { ok, type Result, refuse } from "@/lib/core/result";
import type { Tx } from "@/lib/db/client";
import type { Patient, Practitioner, VisitType } from "@/lib/db/generated/client";
import { transaction } from "@/lib/db/transaction";
import { isBefore, toDate } from "@/lib/time/instant";
import { makePatient, makePractitioner, makeRules, makeUser, makeVisitType } from "@/tests/support/factories";
import { fixedId } from "@/tests/support/fixed-id";
import { visitRows } from "@/tests/support/visit-rows";
import accounts from "./accounts.json";
import { PRACTITIONERS, VISIT_TYPES } from "./clinic";
import { seedConversation } from "./conversation";
import { PATIENTS, REASONS } from "./patients";
import { seedScheduling } from "./scheduling";
import { planVisits } from "./visits";

/** The setting that marks a database as the demonstration's; production refuses to start on one that has it. */
export const DEMONSTRATION_SETTING = "demonstration";

export type SeedRefusal =
  /** Not a demonstration: invented people do not belong here. */
  | "not_demonstration"
  /** Somebody has begun to work with this database without the seed. */
  | "not_empty";

/** A slow machine that has other things to do takes its time with so many rows, and nobody else waits for them. */
const TIMEOUT_MS = 300_000;

/**
 * Fills an empty database with the invented clinic, in one transaction, around the day of `now`. A database that has it already
 * is left as it is. Conferences of the booked visits are opened by the sweep, as after any outage.
 *
 * @returns whether anything was written, or `not_demonstration`, `not_empty`
 */
export async function seedDemonstration(
  now: Temporal.Instant,
): Promise<Result<"seeded" | "already_seeded", SeedRefusal>> {
  if (env().PORTAL_MODE !== "demonstration") return refuse("not_demonstration");
  const fill = async (tx: Tx) => {
    // Two launchers may start at once: the second waits here and then finds the first one's work.
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('seed'))`;
    if (await tx.setting.findUnique({ where: { key: DEMONSTRATION_SETTING } }))
      return ok("already_seeded" as const);
    if ((await tx.user.count()) > 0) return refuse("not_empty");
    await seedClinic(tx, now);
    await tx.setting.create({
      data: { key: DEMONSTRATION_SETTING, value: { seededAt: now.toString() }, updatedAt: toDate(now) },
    });
    return ok("seeded" as const);
  };
  return transaction(fill, {}, { timeoutMs: TIMEOUT_MS });
}

const accountOf = (role: string) => {
  const account = accounts.find((candidate) => candidate.role === role);
  if (!account) throw new Error(`accounts.json has no ${role}`);
  return account;
};

async function seedClinic(tx: Tx, now: Temporal.Instant): Promise<void> {
  const opened = now.subtract({ hours: 60 * 24 });
  const [administrator, demoPatient] = [accountOf("administrator"), accountOf("patient")];
  await makeUser(tx, {
    ...administrator,
    id: fixedId("administrator"),
    roles: ["administrator"],
    now: opened,
  });

  await makeUser(tx, {
    ...accountOf("scheduler"),
    id: fixedId("scheduler"),
    roles: ["scheduler"],
    now: opened,
  });

  const visitTypes: VisitType[] = [];
  for (const [index, type] of VISIT_TYPES.entries()) {
    // A second apart, since the portal lists them in the order in which they were made.
    const born = opened.add({ seconds: index });
    visitTypes.push(await makeVisitType(tx, { ...type, id: fixedId(`visit-type:${type.code}`), now: born }));
  }
  const practitioners = await seedPractitioners(tx, opened);

  const patientUser = await makeUser(tx, {
    ...demoPatient,
    id: fixedId("patient"),
    roles: ["patient"],
    timeZone: "Europe/Berlin",
    now: opened,
  });
  const demo = await makePatient(tx, {
    id: fixedId("patient:demo"),
    userId: patientUser.id,
    name: demoPatient.name,
    email: demoPatient.email,
    now: opened,
  });
  const patients: Patient[] = [];
  for (const [index, person] of PATIENTS.entries()) {
    const number = String(index + 1).padStart(2, "0");
    patients.push(
      await makePatient(tx, {
        ...person,
        id: fixedId(`patient:${number}`),
        email: `patient-${number}@example.org`,
        // A block of numbers that Ofcom keeps free for fiction.
        phone: `+44 1632 9600${number}`,
        now: opened,
      }),
    );
  }
  await seedVisits(tx, { practitioners, visitTypes, patients, demo }, now);
  const [practitioner] = practitioners;
  if (practitioner) await seedConversation(tx, { patient: demo, practitioner }, now);
  await seedScheduling(tx, { now, bornAt: opened });
}

async function seedPractitioners(tx: Tx, now: Temporal.Instant): Promise<Practitioner[]> {
  const practitioners: Practitioner[] = [];
  for (const [index, { hours, visitTypes, ...person }] of PRACTITIONERS.entries()) {
    const number = String(index + 1).padStart(2, "0");
    const demo = accountOf("practitioner");
    const user = await makeUser(tx, {
      id: fixedId(`practitioner-user:${number}`),
      roles: ["practitioner"],
      email: index === 0 ? demo.email : `practitioner-${number}@example.org`,
      name: person.displayName,
      // The last one has been invited and has not answered yet.
      password: index === PRACTITIONERS.length - 1 ? undefined : demo.password,
      timeZone: person.timeZone,
      now,
    });
    const practitioner = await makePractitioner(tx, {
      ...person,
      id: fixedId(`practitioner:${number}`),
      userId: user.id,
      visitTypeIds: visitTypes.map((code) => fixedId(`visit-type:${code}`)),
      now,
    });
    await makeRules(tx, practitioner.id, hours);
    practitioners.push(practitioner);
  }
  return practitioners;
}

type Clinic = {
  practitioners: readonly Practitioner[];
  visitTypes: readonly VisitType[];
  patients: readonly Patient[];
  demo: Patient;
};

async function seedVisits(
  tx: Tx,
  { practitioners, visitTypes, patients, demo }: Clinic,
  now: Temporal.Instant,
): Promise<void> {
  const rows = planVisits(now).flatMap((visit, index) => {
    const practitioner = practitioners[visit.practitioner];
    const visitType = visitTypes[visit.visitType];
    const patient = visit.patient === "demo" ? demo : patients[visit.patient];
    if (!practitioner || !visitType || !patient) return [];
    const reasons = REASONS[patient.locale === "ru" ? "ru" : "en"];
    const threeDaysBefore = visit.startAt.subtract({ hours: 72 });
    return visitRows({
      id: fixedId(`appointment:${index}`),
      practitioner,
      visitType,
      patient,
      startAt: visit.startAt,
      status: visit.status,
      reason: reasons[visit.reason % reasons.length],
      now: isBefore(threeDaysBefore, now) ? threeDaysBefore : now.subtract({ minutes: 5 }),
    });
  });
  await tx.appointment.createMany({ data: rows.map(({ appointment }) => appointment) });
  await tx.encounter.createMany({ data: rows.map(({ encounter }) => encounter) });
  await tx.slot.createMany({ data: rows.flatMap(({ slot }) => slot ?? []) });
}
