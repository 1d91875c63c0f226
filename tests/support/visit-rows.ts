import type { Temporal } from "temporal-polyfill";
import { seatsFor } from "@/lib/availability/rules/seats";
import { newId } from "@/lib/core/ids";
import type {
  AppointmentStatus,
  EncounterStatus,
  Patient,
  Practitioner,
  Prisma,
  VisitType,
} from "@/lib/db/generated/client";
import { seal } from "@/lib/security/seal";
import { toDate } from "@/lib/time/instant";
import { fixedId } from "./fixed-id";

const ENCOUNTER_STATUS: Record<AppointmentStatus, EncounterStatus> = {
  pending: "planned",
  booked: "planned",
  arrived: "arrived",
  fulfilled: "finished",
  cancelled: "cancelled",
  noshow: "cancelled",
};

/** A visit as a test or the seed wants it; `now` is when it was booked. */
export type NewVisit = {
  id?: string;
  now: Temporal.Instant;
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
}: NewVisit): {
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
    cancelledBy: status === "cancelled" ? ("patient" as const) : null,
    noShow: status === "noshow" ? ("patient" as const) : null,
    noShowAt: status === "noshow" ? toDate(endAt) : null,
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
