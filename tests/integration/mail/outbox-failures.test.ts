import { describe, expect, it } from "vitest";
import { toDateColumn } from "@/lib/availability/mutations/weekly-hours";
import { newId } from "@/lib/core/ids";
import { db } from "@/lib/db/client";
import { LEASE_SECONDS } from "@/lib/notifications/constants";
import { claimNotification } from "@/lib/notifications/mutations";
import { toDate, toInstant } from "@/lib/time/instant";
import { dateIn } from "@/lib/time/zones";
import { booking, CANCELLED, confirmation, linksOf, now, queue, rowOf, send, withMailbox } from "./outbox";

const mailbox = withMailbox();

/** A visit, and what its practitioner says of its day. */
async function lateness() {
  const { appointmentId, patient, practitioner } = await booking();
  const { startAt } = await db().appointment.findUniqueOrThrow({ where: { id: appointmentId } });
  const date = toDateColumn(dateIn(toInstant(startAt), practitioner.timeZone).toString());
  const key = { practitionerId: practitioner.id, date };
  return {
    queue: () => queue({ kind: "running_late", appointmentId, patientId: patient.id, now }),
    say: async (minutes: number) => {
      const said = { minutes, toldMinutes: minutes, announcedAt: toDate(now) };
      await db().delay.upsert({
        where: { practitionerId_date: key },
        create: { ...key, ...said },
        update: said,
      });
    },
  };
}

describe("a mail that need not go out any more", () => {
  it.each([
    ["cancelled before it was sent", CANCELLED, "superseded"],
    ["about an earlier time", { sequence: 1 }, "superseded"],
  ])("%s", async (_, change, lastFailure) => {
    const { notificationId, appointmentId } = await confirmation();
    await db().appointment.update({ where: { id: appointmentId }, data: change });
    await send(notificationId);
    expect(mailbox().messages()).toHaveLength(0);
    expect(await rowOf(notificationId)).toMatchObject({ status: "failed", lastFailure });
    expect(await linksOf(appointmentId)).toHaveLength(0);
  });

  it("that takes back a lateness of which nobody was told", async () => {
    const late = await lateness();
    await late.say(0);
    await send(await late.queue());
    expect(mailbox().messages()).toHaveLength(0);
    await late.say(30);
    await send(await late.queue());
    await late.say(0);
    await send(await late.queue());
    const subjects = mailbox()
      .messages()
      .map(({ subject }) => subject);
    expect(subjects).toHaveLength(2);
    expect(subjects).toContainEqual(expect.stringContaining("starts later"));
    expect(subjects).toContainEqual(expect.stringContaining("after all"));
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
    expect(mailbox().messages()).toHaveLength(1);
    expect(await rowOf(notificationId)).toMatchObject({ status: "sent", attempts: 1 });
    await send(notificationId);
    expect(mailbox().messages()).toHaveLength(1);
  });

  it("a busy server gets the mail later, under the same Message-ID and with a link of its own", async () => {
    const { notificationId, appointmentId } = await confirmation();
    mailbox().faults.busyTimes = 1;
    await expect(send(notificationId)).rejects.toThrow("busy");
    expect(await rowOf(notificationId)).toMatchObject({
      status: "queued",
      attempts: 1,
      lastFailure: "busy",
      claimedAt: null,
    });
    await send(notificationId);
    const [received, ...others] = mailbox().messages();
    expect(others).toHaveLength(0);
    expect(received?.headers["message-id"]).toBe(`<${notificationId}@localhost>`);
    expect(await rowOf(notificationId)).toMatchObject({ status: "sent", attempts: 2, lastFailure: null });
    const links = await linksOf(appointmentId);
    expect(links.map((link) => link.revokedAt !== null).sort()).toEqual([false, true]);
  });

  it("a recipient whom the server does not know is not asked for again", async () => {
    const { notificationId, appointmentId, patient } = await confirmation();
    mailbox().faults.unknownRecipients.add(patient.email ?? "");
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
    mailbox().faults.busyTimes = 1;
    await send(notificationId);
    expect(await rowOf(notificationId)).toMatchObject({ status: "failed", lastFailure: "busy" });
  });

  it("a worker that dies keeps the mail only until its lease runs out", async () => {
    const { notificationId } = await confirmation();
    expect(await claimNotification(notificationId)).toBeDefined();
    await expect(send(notificationId)).rejects.toThrow("another worker");
    expect(mailbox().messages()).toHaveLength(0);
    await db().$executeRaw`
      UPDATE "notification" SET "claimed_at" = "claimed_at" - make_interval(secs => ${LEASE_SECONDS + 1}::int)
      WHERE "id" = ${notificationId}::uuid`;
    await send(notificationId);
    expect(mailbox().messages()).toHaveLength(1);
    expect(await rowOf(notificationId)).toMatchObject({ status: "sent", attempts: 2 });
  });

  it("a mail that was taken while the connection broke comes again under the same Message-ID, both links good", async () => {
    const { notificationId, appointmentId } = await confirmation();
    mailbox().faults.breakOffTimes = 1;
    await expect(send(notificationId)).rejects.toThrow("interrupted");
    await send(notificationId);
    const ids = new Set(
      mailbox()
        .messages()
        .map((received) => received.headers["message-id"]),
    );
    expect(ids).toEqual(new Set([`<${notificationId}@localhost>`]));
    expect((await linksOf(appointmentId)).map((link) => link.revokedAt)).toEqual([null, null]);
  });
});

describe("a personal link in a mail", () => {
  it("is in the trail when it is made, with what it opens and for whom, and without the link", async () => {
    const { notificationId, appointmentId, patient } = await confirmation();
    await send(notificationId);
    const events = await db().auditEvent.findMany({
      where: { action: "link.minted", entityId: appointmentId },
    });
    expect(events).toMatchObject([
      { actorKind: "system", subjectPseudonym: patient.pseudonym, details: { opens: "visit" } },
    ]);
    expect(await linksOf(appointmentId)).toHaveLength(1);
  });
});
