import ICAL from "ical.js";
import { Temporal } from "temporal-polyfill";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { newId } from "@/lib/core/ids";
import { ok, refuse } from "@/lib/core/result";
import { closeDb, db } from "@/lib/db/client";
import { transaction } from "@/lib/db/transaction";
import { noFaults } from "@/lib/mail/mailbox/smtp";
import { startMailbox } from "@/lib/mail/mailbox/start";
import type { Mailbox } from "@/lib/mail/mailbox/types";
import { closeMail } from "@/lib/mail/transport";
import { LEASE_SECONDS } from "@/lib/notifications/constants";
import { sendNotification } from "@/lib/notifications/jobs";
import { claimNotification, queueNotification } from "@/lib/notifications/mutations";
import type { NewNotification } from "@/lib/notifications/types";
import { hashToken } from "@/lib/security/tokens";
import {
  makeAppointment,
  makePatient,
  makePractitioner,
  makeUser,
  makeVisitType,
} from "../../support/factories";

const now = Temporal.Now.instant();

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
  await closeDb();
});

/** A visit in two days, with everybody in it. */
async function booking() {
  const visitType = await makeVisitType(db(), { now });
  const [patient, practitioner] = await Promise.all([
    makePatient(db(), { now, timeZone: "Asia/Tokyo" }),
    makePractitioner(db(), { now, visitTypeIds: [visitType.id] }),
  ]);
  const startAt = now.add({ hours: 48 }).round("minute");
  const appointment = await makeAppointment(db(), { now, patient, practitioner, visitType, startAt });
  return { appointmentId: appointment.id, patient, practitioner };
}

async function queue(notification: NewNotification): Promise<string> {
  const queued = await transaction(async (tx) => ok(await queueNotification(tx, notification)));
  if (!queued.ok) throw new Error("nothing refuses this");
  return queued.value;
}

async function confirmation() {
  const { appointmentId, patient, practitioner } = await booking();
  const notificationId = await queue({
    kind: "booking_confirmed",
    appointmentId,
    patientId: patient.id,
    now,
  });
  return { notificationId, appointmentId, patient, practitioner };
}

const CANCELLED = {
  status: "cancelled" as const,
  sequence: 1,
  cancelledAt: new Date(now.epochMilliseconds),
};

const rowOf = (id: string) => db().notification.findUniqueOrThrow({ where: { id } });
const send = (notificationId: string) => sendNotification({ notificationId });
const linksOf = (appointmentId: string) => db().accessLink.findMany({ where: { appointmentId } });
const tokenIn = (text: string, path: string) =>
  text.match(new RegExp(`/${path}/([A-Za-z0-9_-]{43})\\b`))?.[1];

describe("the outbox", () => {
  it("puts mail and job into the transaction that causes them", async () => {
    const { appointmentId, patient } = await booking();
    let notificationId = "";
    await transaction(async (tx) => {
      notificationId = await queueNotification(tx, {
        kind: "booking_confirmed",
        appointmentId,
        patientId: patient.id,
        now,
      });
      return refuse("slot_taken");
    });
    expect(await db().notification.count({ where: { id: notificationId } })).toBe(0);
    const jobs = await db().$queryRaw<unknown[]>`
      SELECT 1 FROM pgboss.job WHERE name = 'notification.send' AND data->>'notificationId' = ${notificationId}`;
    expect(jobs).toHaveLength(0);
    const kept = await queue({ kind: "booking_confirmed", appointmentId, patientId: patient.id, now });
    const keptJobs = await db().$queryRaw<unknown[]>`
      SELECT 1 FROM pgboss.job WHERE name = 'notification.send' AND data->>'notificationId' = ${kept}`;
    expect(keptJobs).toHaveLength(1);
  });

  it("sends a confirmation with a personal link, of which only the hash is kept", async () => {
    const { notificationId, appointmentId, patient } = await confirmation();
    expect(await linksOf(appointmentId)).toHaveLength(0);
    await send(notificationId);
    const [received, ...others] = mailbox.messages();
    expect(others).toHaveLength(0);
    expect(received?.to).toEqual([{ name: "", address: patient.email }]);
    expect(received?.headers["message-id"]).toBe(`<${notificationId}@localhost>`);
    expect(await rowOf(notificationId)).toMatchObject({
      status: "sent",
      attempts: 1,
      lastFailure: null,
      claimedAt: null,
    });

    const token = tokenIn(received?.text ?? "", "v");
    const [link] = await linksOf(appointmentId);
    expect(link).toMatchObject({ purpose: "visit", expiresAt: null, revokedAt: null });
    expect(Buffer.from(link!.tokenHash)).toEqual(Buffer.from(hashToken(token ?? "")));
    expect(tokenIn(received?.html ?? "", "v")).toBe(token);
    expect(received?.subject).not.toContain(token);
    expect(JSON.stringify(await rowOf(notificationId))).not.toContain(token);
  });

  it("brings a calendar entry that other programs read, as a part and as a file", async () => {
    const { notificationId, appointmentId } = await confirmation();
    await send(notificationId);
    const [received] = mailbox.messages();
    const file = received?.attachments.find((attachment) => attachment.filename === "visit.ics");
    expect(Buffer.from(file?.content ?? "", "base64").toString()).toBe(received?.calendar?.content);
    expect(received?.calendar?.method).toBe("REQUEST");
    const calendar = new ICAL.Component(ICAL.parse(received?.calendar?.content ?? ""));
    const entry = new ICAL.Event(calendar.getFirstSubcomponent("vevent")!);
    expect(entry.uid).toBe(`${appointmentId}@localhost`);
    expect(tokenIn(entry.location, "v")).toBe(tokenIn(received?.text ?? "", "v"));
  });

  it("tells the practitioner, and neither name nor address of the patient", async () => {
    const { appointmentId, patient, practitioner } = await booking();
    const { userId } = practitioner;
    await send(await queue({ kind: "booking_received", appointmentId, userId, now }));
    const [received] = mailbox.messages();
    expect(received?.text).toContain(`http://localhost:3000/agenda/${appointmentId}`);
    expect(JSON.stringify(received)).not.toContain(patient.name);
    expect(JSON.stringify(received)).not.toContain(patient.email);
    expect(await linksOf(appointmentId)).toHaveLength(0);
  });

  it("invites by a link that ends", async () => {
    const user = await makeUser(db(), { now, roles: ["practitioner"], locale: "ru" });
    await send(await queue({ kind: "invitation", userId: user.id, now }));
    const [received] = mailbox.messages();
    expect(received?.language).toBe("ru");
    const [link] = await db().accessLink.findMany({ where: { userId: user.id } });
    expect(Buffer.from(link!.tokenHash)).toEqual(
      Buffer.from(hashToken(tokenIn(received?.text ?? "", "invitation") ?? "")),
    );
    const days = (link!.expiresAt!.getTime() - link!.createdAt.getTime()) / 86_400_000;
    expect(days).toBe(7);
  });

  it("takes a cancelled visit out of the calendar, without a way in", async () => {
    const { appointmentId, patient } = await booking();
    await db().appointment.update({
      where: { id: appointmentId },
      data: CANCELLED,
    });
    await send(await queue({ kind: "appointment_cancelled", appointmentId, patientId: patient.id, now }));
    const [received] = mailbox.messages();
    expect(received?.calendar).toMatchObject({ method: "CANCEL" });
    expect(received?.calendar?.content).toContain("SEQUENCE:1");
    expect(await linksOf(appointmentId)).toHaveLength(0);
  });
});

describe("a mail that need not go out any more", () => {
  it.each([
    ["cancelled before it was sent", CANCELLED, "superseded"],
    ["about an earlier time", { sequence: 1 }, "superseded"],
  ])("%s", async (_, change, lastFailure) => {
    const { notificationId, appointmentId } = await confirmation();
    await db().appointment.update({ where: { id: appointmentId }, data: change });
    await send(notificationId);
    expect(mailbox.messages()).toHaveLength(0);
    expect(await rowOf(notificationId)).toMatchObject({ status: "failed", lastFailure });
    expect(await linksOf(appointmentId)).toHaveLength(0);
  });

  it("to somebody without an address", async () => {
    const { notificationId, patient } = await confirmation();
    await db().patient.update({ where: { id: patient.id }, data: { email: null } });
    await send(notificationId);
    expect(await rowOf(notificationId)).toMatchObject({ status: "failed", lastFailure: "no_address" });
  });

  it("that there is none of is no mistake", async () => {
    await expect(send(newId())).resolves.toBeUndefined();
  });
});

describe("when things go wrong", () => {
  it("two workers send one mail", async () => {
    const { notificationId } = await confirmation();
    const answers = await Promise.allSettled(Array.from({ length: 6 }, () => send(notificationId)));
    expect(answers.some(({ status }) => status === "fulfilled")).toBe(true);
    expect(mailbox.messages()).toHaveLength(1);
    expect(await rowOf(notificationId)).toMatchObject({ status: "sent", attempts: 1 });
    await send(notificationId);
    expect(mailbox.messages()).toHaveLength(1);
  });

  it("a busy server gets the mail later, under the same Message-ID and with a link of its own", async () => {
    const { notificationId, appointmentId } = await confirmation();
    mailbox.faults.busyTimes = 1;
    await expect(send(notificationId)).rejects.toThrow("busy");
    expect(await rowOf(notificationId)).toMatchObject({
      status: "queued",
      attempts: 1,
      lastFailure: "busy",
      claimedAt: null,
    });
    await send(notificationId);
    const [received, ...others] = mailbox.messages();
    expect(others).toHaveLength(0);
    expect(received?.headers["message-id"]).toBe(`<${notificationId}@localhost>`);
    expect(await rowOf(notificationId)).toMatchObject({ status: "sent", attempts: 2, lastFailure: null });
    const links = await linksOf(appointmentId);
    expect(links.map((link) => link.revokedAt !== null).sort()).toEqual([false, true]);
  });

  it("a recipient whom the server does not know is not asked for again", async () => {
    const { notificationId, appointmentId, patient } = await confirmation();
    mailbox.faults.unknownRecipients.add(patient.email ?? "");
    await send(notificationId);
    expect(await rowOf(notificationId)).toMatchObject({ status: "failed", lastFailure: "bad_recipient" });
    expect((await linksOf(appointmentId)).every((link) => link.revokedAt)).toBe(true);
  });

  it("a mail that has been tried for days is given up", async () => {
    const { notificationId } = await confirmation();
    await db().notification.update({
      where: { id: notificationId },
      data: { createdAt: new Date(now.subtract({ hours: 73 }).epochMilliseconds) },
    });
    mailbox.faults.busyTimes = 1;
    await send(notificationId);
    expect(await rowOf(notificationId)).toMatchObject({ status: "failed", lastFailure: "busy" });
  });

  it("a worker that dies keeps the mail only until its lease runs out", async () => {
    const { notificationId } = await confirmation();
    expect(await claimNotification(notificationId)).toBeDefined();
    await expect(send(notificationId)).rejects.toThrow("another worker");
    expect(mailbox.messages()).toHaveLength(0);
    await db().$executeRaw`
      UPDATE "notification" SET "claimed_at" = "claimed_at" - make_interval(secs => ${LEASE_SECONDS + 1}::int)
      WHERE "id" = ${notificationId}::uuid`;
    await send(notificationId);
    expect(mailbox.messages()).toHaveLength(1);
    expect(await rowOf(notificationId)).toMatchObject({ status: "sent", attempts: 2 });
  });

  it("a mail that was taken while the connection broke comes again under the same Message-ID, both links good", async () => {
    const { notificationId, appointmentId } = await confirmation();
    mailbox.faults.breakOffTimes = 1;
    await expect(send(notificationId)).rejects.toThrow("interrupted");
    await send(notificationId);
    const ids = new Set(mailbox.messages().map((received) => received.headers["message-id"]));
    expect(ids).toEqual(new Set([`<${notificationId}@localhost>`]));
    expect((await linksOf(appointmentId)).map((link) => link.revokedAt)).toEqual([null, null]);
  });
});
