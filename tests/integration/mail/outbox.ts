import { Temporal } from "temporal-polyfill";
import { afterAll, beforeAll, beforeEach } from "vitest";
import { ok } from "@/lib/core/result";
import { db } from "@/lib/db/client";
import { transaction } from "@/lib/db/transaction";
import { noFaults } from "@/lib/mail/mailbox/smtp";
import { startMailbox } from "@/lib/mail/mailbox/start";
import type { Mailbox } from "@/lib/mail/mailbox/types";
import { closeMail } from "@/lib/mail/transport";
import { sendNotification } from "@/lib/notifications/jobs";
import { queueNotification } from "@/lib/notifications/mutations";
import type { NewNotification } from "@/lib/notifications/types";
import { makeAppointment, makePatient, makePractitioner, makeVisitType } from "../../support/factories";

export const now = Temporal.Now.instant();

/** The mailbox that the portal sends to in this test file; empty and without faults before each test. */
export function withMailbox(): () => Mailbox {
  let mailbox: Mailbox;
  beforeAll(async () => {
    mailbox = await startMailbox();
    // Before anything has asked for the configuration.
    process.env.SMTP_URL = mailbox.smtpUrl;
  });
  beforeEach(async () => {
    Object.assign(mailbox.faults, noFaults());
    await mailbox.clear();
  });
  afterAll(async () => {
    closeMail();
    await mailbox.close();
  });
  return () => mailbox;
}

/** A visit in two days, with everybody in it. */
export async function booking() {
  const visitType = await makeVisitType(db(), { now });
  const [patient, practitioner] = await Promise.all([
    makePatient(db(), { now, timeZone: "Asia/Tokyo" }),
    makePractitioner(db(), { now, visitTypeIds: [visitType.id] }),
  ]);
  const startAt = now.add({ hours: 48 }).round("minute");
  const appointment = await makeAppointment(db(), { now, patient, practitioner, visitType, startAt });
  return { appointmentId: appointment.id, patient, practitioner };
}

export async function queue(notification: NewNotification): Promise<string> {
  const queued = await transaction(async (tx) => ok(await queueNotification(tx, notification)));
  if (!queued.ok) throw new Error("nothing refuses this");
  return queued.value;
}

/** A booking and its queued confirmation. */
export async function confirmation() {
  const { appointmentId, patient } = await booking();
  const notificationId = await queue({
    kind: "booking_confirmed",
    appointmentId,
    patientId: patient.id,
    now,
  });
  return { notificationId, appointmentId, patient };
}

/** What a cancellation changes. */
export const CANCELLED = {
  status: "cancelled" as const,
  sequence: 1,
  cancelledAt: new Date(now.epochMilliseconds),
  cancelledBy: "staff" as const,
};

export const rowOf = (id: string) => db().notification.findUniqueOrThrow({ where: { id } });
export const send = (notificationId: string) => sendNotification({ notificationId });
export const linksOf = (appointmentId: string) => db().accessLink.findMany({ where: { appointmentId } });
