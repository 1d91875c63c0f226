import type { Temporal } from "temporal-polyfill";
import { linkScope } from "@/lib/access/rules";
import type { AppointmentScope } from "@/lib/access/types";
import { isId } from "@/lib/core/ids";
import type { Db } from "@/lib/db/client";
import type { Prisma } from "@/lib/db/generated/client";
import { toDate, toInstant } from "@/lib/time/instant";
import type { VisitTimes } from "../rules/windows";
import type { VisitSettings, VisitWindows } from "../types/settings";
import { AGREED_TO_RECORDING } from "./recording";
import { readVisitSettings } from "./settings";

const ENCOUNTER = {
  conference: true,
  deviceCheck: true,
  messages: { orderBy: [{ createdAt: "asc" }, { id: "asc" }] },
  presences: { select: { side: true, beatAt: true } },
  attendances: { select: { side: true, toAt: true, source: true, thirdPersonId: true } },
  thirdPersons: { orderBy: [{ createdAt: "asc" }, { id: "asc" }] },
  _count: { select: { summaries: { where: { signedAt: { not: null } } } } },
} as const satisfies Prisma.EncounterInclude;

const VISIT = {
  encounter: { include: ENCOUNTER },
  practitioner: { include: { specialty: true } },
  patient: true,
  visitType: true,
  consents: { where: AGREED_TO_RECORDING, select: { id: true } },
} as const satisfies Prisma.AppointmentInclude;

export type VisitRow = Prisma.AppointmentGetPayload<{ include: typeof VISIT }> & {
  encounter: Prisma.EncounterGetPayload<{ include: typeof ENCOUNTER }>;
  /** As the clinic has decided for all visits. */
  windows: VisitSettings;
};

/** A row whose encounter is there; the booking wrote both, so one without the other is not a visit. */
const withEncounter = (
  row: Prisma.AppointmentGetPayload<{ include: typeof VISIT }> | null,
  windows: VisitSettings,
): VisitRow | undefined => (row?.encounter ? { ...row, encounter: row.encounter, windows } : undefined);

/** One visit within a scope; what is out of scope is not found. */
export async function findVisit(
  db: Db,
  scope: AppointmentScope,
  appointmentId: string,
): Promise<VisitRow | undefined> {
  if (!isId(appointmentId)) return undefined;
  const row = await db.appointment.findFirst({
    where: { AND: [scope, { id: appointmentId }] },
    include: VISIT,
  });
  return row ? withEncounter(row, await readVisitSettings(db)) : undefined;
}

/** What a way in is minted from; far less than its page shows, since somebody waits for it. */
const ENTERED = {
  id: true,
  status: true,
  startAt: true,
  endAt: true,
  patientId: true,
  practitionerId: true,
  patient: { select: { name: true, pseudonym: true } },
  practitioner: { select: { displayName: true, trueconfUser: true } },
  encounter: { include: { conference: true } },
} as const satisfies Prisma.AppointmentSelect;

type EnteredRow = Prisma.AppointmentGetPayload<{ select: typeof ENTERED }>;

/** A visit that somebody is about to enter. A {@link VisitRow} is one as well. */
export type EnteredVisit = Omit<EnteredRow, "encounter"> & {
  encounter: NonNullable<EnteredRow["encounter"]>;
  windows: VisitSettings;
};

/** One visit within a scope, for whoever enters it; what is out of scope is not found. */
export async function findEntered(
  db: Db,
  scope: AppointmentScope,
  appointmentId: string,
): Promise<EnteredVisit | undefined> {
  if (!isId(appointmentId)) return undefined;
  const row = await db.appointment.findFirst({
    where: { AND: [scope, { id: appointmentId }] },
    select: ENTERED,
  });
  return row?.encounter
    ? { ...row, encounter: row.encounter, windows: await readVisitSettings(db) }
    : undefined;
}

/** The visits of a scope that start within a period, in order. */
export async function listVisits(
  db: Db,
  scope: AppointmentScope,
  period: { from?: Temporal.Instant; to?: Temporal.Instant },
  order: "asc" | "desc" = "asc",
  limit = 200,
): Promise<VisitRow[]> {
  const startAt = {
    ...(period.from ? { gte: toDate(period.from) } : {}),
    ...(period.to ? { lt: toDate(period.to) } : {}),
  };
  const rows = await db.appointment.findMany({
    where: { AND: [scope, { startAt }] },
    include: VISIT,
    orderBy: [{ startAt: order }, { id: order }],
    take: limit,
  });
  const windows = await readVisitSettings(db);
  return rows.flatMap((row) => withEncounter(row, windows) ?? []);
}

/** The appointment that a personal link's token opens, with its patient's pseudonym; revoked and unknown ones open none. */
export async function findLinkedAppointment(db: Db, token: string) {
  const link = await db.accessLink.findFirst({
    where: linkScope("visit", token),
    select: {
      appointment: {
        select: {
          id: true,
          startAt: true,
          endAt: true,
          status: true,
          patient: { select: { pseudonym: true } },
          encounter: { select: { status: true } },
        },
      },
    },
  });
  if (!link?.appointment?.encounter) return undefined;
  const { id, patient, encounter, ...times } = link.appointment;
  return {
    appointmentId: id,
    patientPseudonym: patient.pseudonym,
    ...visitTimes({ ...times, encounter, windows: await readVisitSettings(db) }),
  };
}

/** What the rules need to know of a row. */
export const visitTimes = (row: {
  startAt: Date;
  endAt: Date;
  status: VisitTimes["appointmentStatus"];
  encounter: { status: VisitTimes["encounterStatus"] };
  windows: VisitWindows;
}): VisitTimes => ({
  windows: row.windows,
  startAt: toInstant(row.startAt),
  endAt: toInstant(row.endAt),
  appointmentStatus: row.status,
  encounterStatus: row.encounter.status,
});

/** A time that somebody has been given for some minutes: a visitor's hold, or an offer of the waitlist. */
export type TentativeClaim = {
  id: string;
  practitionerId: string;
  /** An offer's. */
  appointmentId: string | null;
  visitTypeNames: unknown;
  /** Without buffers. */
  startAt: Date;
  endAt: Date;
};

/** The live holds and offers that start within a period. */
export async function listTentative(
  db: Db,
  { from, to }: { from: Temporal.Instant; to: Temporal.Instant },
  now: Temporal.Instant,
): Promise<TentativeClaim[]> {
  const rows = await db.slot.findMany({
    where: {
      status: "busy_tentative",
      expiresAt: { gt: toDate(now) },
      visitStartAt: { gte: toDate(from), lt: toDate(to) },
      visitEndAt: { gt: toDate(from) },
    },
    include: { visitType: { select: { names: true } } },
    orderBy: [{ visitStartAt: "asc" }, { id: "asc" }],
  });
  return rows.map(({ id, practitionerId, appointmentId, visitType, visitStartAt, visitEndAt }) => ({
    id,
    practitionerId,
    appointmentId,
    visitTypeNames: visitType.names,
    startAt: visitStartAt,
    endAt: visitEndAt,
  }));
}
