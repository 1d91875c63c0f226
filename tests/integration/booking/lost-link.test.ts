import { describe, expect, it } from "vitest";
import { bookAppointment } from "@/lib/booking/mutations/book";
import { cancelAppointment } from "@/lib/booking/mutations/cancel";
import {
  answerVisitListRequest,
  forgetVisitListRequests,
  requestVisitList,
} from "@/lib/booking/mutations/lost-link";
import { newId } from "@/lib/core/ids";
import { db } from "@/lib/db/client";
import { guestBooking, inHours, minuteNow, openClinic } from "./clinic";

const newEmail = () => `lost-${newId()}@example.org`;

async function bookedBy(email: string) {
  const booker = { kind: "guest", name: "Paula Beispiel", email, phone: undefined } as const;
  const booked = await bookAppointment(
    guestBooking(await openClinic(), inHours(20), { booker }),
    minuteNow(),
  );
  if (!booked.ok) throw new Error(booked.reason);
  return booked.value.appointmentId;
}

const requestsOf = (email: string) => db().visitListRequest.findMany({ where: { email } });

/** Asks, and lets the worker look whose address it is, which is told twice. */
async function ask(email: string, now = minuteNow()) {
  const answer = await requestVisitList({ email, address: undefined }, now);
  for (const { id } of await requestsOf(email))
    await Promise.all([answerVisitListRequest(id, now), answerVisitListRequest(id, now)]);
  return answer;
}
const mailsTo = (email: string) =>
  db().notification.count({ where: { kind: "visit_list", patient: { email } } });

describe("a lost link", () => {
  it("is sent to the address that booked, once an hour, however many bookings it has made", async () => {
    const email = newEmail();
    await bookedBy(email);
    await bookedBy(email);
    await Promise.all([1, 2, 3, 4].map(() => ask(email)));
    expect(await mailsTo(email)).toBe(1);
    await ask(email, minuteNow().add({ minutes: 50 }));
    expect(await mailsTo(email)).toBe(1);
    await ask(email, minuteNow().add({ minutes: 62 }));
    expect(await mailsTo(email)).toBe(2);
    const trail = await db().auditEvent.findMany({
      where: { action: "visit_list.requested", subjectPseudonym: { not: null } },
    });
    expect(JSON.stringify(trail.map(({ details }) => details))).not.toContain(email);
  });

  it("is for nobody without upcoming visits, and the answer is the same", async () => {
    const [stranger, cancelled] = [newEmail(), newEmail()];
    const appointmentId = await bookedBy(cancelled);
    const link = { kind: "link", appointmentId, patientPseudonym: newId() } as const;
    await cancelAppointment({ appointmentId, reason: "" }, link, minuteNow());
    const known = newEmail();
    await bookedBy(known);
    const answers = await Promise.all([stranger, cancelled, known].map((email) => ask(email)));
    expect(answers).toEqual([undefined, undefined, undefined]);
    expect(await mailsTo(stranger)).toBe(0);
    expect(await mailsTo(cancelled)).toBe(0);
    expect(await mailsTo(known)).toBe(1);
    await ask(known, inHours(22));
    expect(await mailsTo(known)).toBe(1);
  });

  it("is the same work whoever is known, and leaves the rest to the worker", async () => {
    const [known, stranger] = [newEmail(), newEmail()];
    await bookedBy(known);
    for (const email of [known, stranger])
      await requestVisitList({ email, address: "192.0.2.1" }, minuteNow());
    const written = await Promise.all([known, stranger].map(requestsOf));
    expect(written.map((rows) => rows.map(({ address }) => address))).toEqual([["192.0.2.1"], ["192.0.2.1"]]);
    expect(await mailsTo(known)).toBe(0);
    expect(await mailsTo(stranger)).toBe(0);
    const jobs = await db().$queryRaw<{ id: string }[]>`
      SELECT data->>'visitListRequestId' AS id FROM pgboss.job WHERE name = 'visit_list.requested'`;
    const asked = written.flat().map(({ id }) => id);
    expect(jobs.filter(({ id }) => asked.includes(id))).toHaveLength(2);
  });

  it("is forgotten, answered or not", async () => {
    const [answered, left] = [newEmail(), newEmail()];
    await ask(answered);
    expect(await requestsOf(answered)).toEqual([]);
    await requestVisitList({ email: left, address: undefined }, minuteNow());
    await forgetVisitListRequests(minuteNow().add({ hours: 23 }));
    expect(await requestsOf(left)).toHaveLength(1);
    await forgetVisitListRequests(minuteNow().add({ hours: 25 }));
    expect(await requestsOf(left)).toEqual([]);
  });
});
