import type { Temporal } from "temporal-polyfill";
import type { Actor, UserActor } from "@/lib/access/types";
import { bookAppointment } from "@/lib/booking/mutations/book";
import { db } from "@/lib/db/client";
import { startSandbox } from "@/lib/trueconf/sandbox/start";
import { TEST_ENV } from "@/tests/support/env";
import { guestBooking, openClinic } from "../booking/clinic";

type Sandbox = Awaited<ReturnType<typeof startSandbox>>;

/**
 * A sandbox of one's own, to which this file's client speaks. Call before anything uses TrueConf: the configuration is read once.
 */
export async function openStage(guestSeats = 20): Promise<Sandbox> {
  const sandbox = await startSandbox({
    portalOrigins: ["http://localhost:3000"],
    guestSeats,
    clientId: TEST_ENV.TRUECONF_CLIENT_ID ?? "",
    clientSecret: TEST_ENV.TRUECONF_CLIENT_SECRET ?? "",
    owner: TEST_ENV.TRUECONF_OWNER ?? "",
  });
  Object.assign(process.env, { TRUECONF_URL: sandbox.url, TRUECONF_GUEST_SEATS: "1000" });
  return sandbox;
}

/** What the portal has asked since the last look, as `POST /api/v3.11/conferences`, without the token's request. */
export async function requestsOf(sandbox: Sandbox): Promise<string[]> {
  const answer = await fetch(`${sandbox.url}/_sandbox/requests`);
  const { requests } = (await answer.json()) as { requests: { method: string; path: string }[] };
  await control(sandbox, "DELETE", "requests");
  return requests
    .filter(({ path }) => path.startsWith("/api/"))
    .map(({ method, path }) => `${method} ${path.replace("/api/v3.11", "").replace(/[0-9a-f]{32}/, "{id}")}`);
}

/** Orders a fault, sets a switch, and whatever else the sandbox's control does. */
export async function control(sandbox: Sandbox, method: string, what: string, body?: unknown): Promise<void> {
  const answer = await fetch(`${sandbox.url}/_sandbox/${what}`, {
    method,
    headers: { "Content-Type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!answer.ok) throw new Error(`sandbox ${method} ${what}: ${answer.status} ${await answer.text()}`);
}

export type BookedVisit = {
  appointmentId: string;
  encounterId: string;
  practitioner: UserActor;
  patient: Actor;
};

/** A practitioner who is signed in. */
export async function practitionerActor(practitionerId: string): Promise<UserActor> {
  const { user } = await db().practitioner.findUniqueOrThrow({
    where: { id: practitionerId },
    include: { user: true },
  });
  return {
    kind: "user",
    userId: user.id,
    sessionId: user.id,
    roles: ["practitioner"],
    practitionerId,
    patientId: undefined,
    pseudonym: user.pseudonym,
  };
}

/** A visit that a guest has booked, with its two people. Its conference is not opened yet. */
export async function bookedVisit(startAt: Temporal.Instant, now: Temporal.Instant): Promise<BookedVisit> {
  const clinic = await openClinic({ visitType: { intervalMinutes: 5 } });
  const booked = await bookAppointment(guestBooking(clinic, startAt), now);
  if (!booked.ok) throw new Error(booked.reason);
  const { appointmentId } = booked.value;
  const row = await db().appointment.findUniqueOrThrow({
    where: { id: appointmentId },
    include: { encounter: true, patient: true },
  });
  return {
    appointmentId,
    encounterId: row.encounter?.id ?? "",
    practitioner: await practitionerActor(row.practitionerId),
    patient: { kind: "link", appointmentId, patientPseudonym: row.patient.pseudonym },
  };
}

/** The same, of a practitioner who enters under a TrueConf account: for one guest seat in the place of two. */
export async function accountVisit(
  trueconfUser: string | null,
  startAt: Temporal.Instant,
  now: Temporal.Instant,
): Promise<BookedVisit> {
  const visit = await bookedVisit(startAt, now);
  await db().practitioner.update({
    where: { id: visit.practitioner.practitionerId ?? "" },
    data: { trueconfUser, entry: "account" },
  });
  await db().encounter.update({ where: { id: visit.encounterId }, data: { entry: "account" } });
  await db().slot.updateMany({ where: { appointmentId: visit.appointmentId }, data: { seats: 1 } });
  return visit;
}

/** The next start on a grid of five minutes. */
export const soon = (now: Temporal.Instant): Temporal.Instant =>
  now.round({ smallestUnit: "minute", roundingIncrement: 5, roundingMode: "ceil" }).add({ minutes: 5 });
