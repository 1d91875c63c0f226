import ICAL from "ical.js";
import { describe, expect, it } from "vitest";
import { refuse } from "@/lib/core/result";
import { db } from "@/lib/db/client";
import { transaction } from "@/lib/db/transaction";
import { queueNotification } from "@/lib/notifications/mutations";
import { hashToken } from "@/lib/security/tokens";
import { makeUser } from "../../support/factories";
import { booking, CANCELLED, confirmation, linksOf, now, queue, rowOf, send, withMailbox } from "./outbox";

const mailbox = withMailbox();
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
    const [received, ...others] = mailbox().messages();
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
    const [received] = mailbox().messages();
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
    const [received] = mailbox().messages();
    expect(received?.text).toContain(`http://localhost:3000/agenda/${appointmentId}`);
    expect(JSON.stringify(received)).not.toContain(patient.name);
    expect(JSON.stringify(received)).not.toContain(patient.email);
    expect(await linksOf(appointmentId)).toHaveLength(0);
  });

  it("invites by a link that ends", async () => {
    const user = await makeUser(db(), { now, roles: ["practitioner"], locale: "ru" });
    await send(await queue({ kind: "invitation", userId: user.id, now }));
    const [received] = mailbox().messages();
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
    const [received] = mailbox().messages();
    expect(received?.calendar).toMatchObject({ method: "CANCEL" });
    expect(received?.calendar?.content).toContain("SEQUENCE:1");
    expect(await linksOf(appointmentId)).toHaveLength(0);
  });
});
