import ICAL from "ical.js";
import { describe, expect, it, vi } from "vitest";
import { GET } from "@/app/calendar/[token]/feed.ics/route";
import type { UserActor } from "@/lib/access/types";
import { bookAppointment } from "@/lib/booking/mutations/book";
import { createCalendarFeed, revokeCalendarFeed } from "@/lib/booking/mutations/calendar-feed";
import { cancelAppointment } from "@/lib/booking/mutations/cancel";
import { rescheduleAppointment } from "@/lib/booking/mutations/reschedule";
import { joinWaitlist } from "@/lib/booking/mutations/waitlist";
import { offerFreedTime } from "@/lib/booking/mutations/waitlist-offers";
import { declineOffer } from "@/lib/booking/mutations/waitlist-take";
import { newId, newToken } from "@/lib/core/ids";
import { db } from "@/lib/db/client";
import { dateIn } from "@/lib/time/zones";
import { makePatient, makeUser } from "@/tests/support/factories";
import { guestBooking, inHours, minuteNow, openClinic } from "./clinic";

// Whoever asks for a calendar that is none is refused, and that is written down with where it came from.
vi.mock("next-auth", () => ({ getServerSession: async () => null }));
vi.mock("next/headers", () => ({ headers: async () => new Headers(), cookies: async () => new Map() }));

const read = (token: string, headers: Record<string, string> = {}) =>
  GET(new Request(`http://localhost:3000/calendar/${token}/feed.ics`, { headers }), {
    params: Promise.resolve({ token }),
  });

async function eventsOf(token: string) {
  const answer = await read(token);
  expect(answer.status).toBe(200);
  const text = await answer.text();
  const calendar = new ICAL.Component(ICAL.parse(text));
  const events = calendar.getAllSubcomponents("vevent").map((one) => new ICAL.Event(one));
  return { text, events };
}

const actorOf = (over: Partial<UserActor>): UserActor => ({
  kind: "user",
  userId: newId(),
  sessionId: newId(),
  roles: [],
  practitionerId: undefined,
  patientId: undefined,
  pseudonym: newId(),
  ...over,
});

/** A patient with an account and one visit, and the visit's practitioner. */
async function staged() {
  const now = minuteNow();
  const clinic = await openClinic();
  const user = await makeUser(db(), { now, locale: "ru" });
  const patient = await makePatient(db(), { now, userId: user.id, name: "Paula Beispiel" });
  const actor = actorOf({
    userId: user.id,
    patientId: patient.id,
    roles: ["patient"],
    pseudonym: user.pseudonym,
  });
  const booker = { kind: "account", userId: user.id, pseudonym: user.pseudonym, patient: { id: patient.id } };
  const booked = await bookAppointment(guestBooking(clinic, inHours(20), { booker: booker as never }), now);
  if (!booked.ok) throw new Error(booked.reason);
  return { clinic, actor, patient, appointmentId: booked.value.appointmentId };
}

const made = async (owner: { userId: string } | { patientId: string }, actor: UserActor = actorOf({})) => {
  const feed = await createCalendarFeed(owner, actor, minuteNow());
  if (!feed.ok) throw new Error(feed.reason);
  return feed.value;
};

describe("a calendar to subscribe to", () => {
  it("has nothing of a time that was offered and let go, since it never was a visit", async () => {
    const { clinic, actor, patient, appointmentId } = await staged();
    const { practitioner, visitType } = clinic;
    const today = dateIn(minuteNow(), "UTC");
    const waiter = { kind: "account", userId: actor.userId, pseudonym: actor.pseudonym } as const;
    const joined = await joinWaitlist(
      {
        waiter,
        waitsFor: { practitionerId: practitioner.id },
        visitTypeId: visitType.id,
        fromOn: today.toString(),
        toOn: today.add({ days: 10 }).toString(),
        weekdays: [],
        fromTime: "00:00",
        toTime: "00:00",
        timeZone: "UTC",
        locale: "en",
        address: undefined,
      },
      minuteNow(),
    );
    if (!joined.ok) throw new Error(joined.reason);
    const start = inHours(30);
    const period = { start, end: start.add({ minutes: 30 }) };
    expect(await offerFreedTime({ practitionerId: practitioner.id, period }, minuteNow())).toBe(1);
    const key = { entryId: joined.value.entryId, actor, as: "patient" } as const;
    expect((await declineOffer(key, minuteNow())).ok).toBe(true);
    const { events } = await eventsOf(await made({ patientId: patient.id }));
    expect(events.map(({ uid }) => uid.split("@")[0])).toEqual([appointmentId]);
  });

  it("follows a visit under one UID from booking to cancellation", async () => {
    const { actor, appointmentId } = await staged();
    const token = await made({ userId: actor.userId }, actor);
    const before = await eventsOf(token);
    expect(before.events).toHaveLength(1);
    const [first] = before.events;
    expect(first?.uid).toBe(`${appointmentId}@localhost`);
    expect(first?.sequence).toBe(0);
    expect(first?.summary).toContain("Видеоприём");

    await rescheduleAppointment({ appointmentId, startAt: inHours(22) }, actor, minuteNow());
    const [moved] = (await eventsOf(token)).events;
    expect(moved?.uid).toBe(first?.uid);
    expect(moved?.sequence).toBe(1);
    expect(moved?.startDate.toJSDate().getTime()).toBe(inHours(22).epochMilliseconds);

    await cancelAppointment({ appointmentId, reason: "An invented reason" }, actor, minuteNow());
    const [cancelled] = (await eventsOf(token)).events;
    expect(cancelled?.sequence).toBe(2);
    expect(cancelled?.component.getFirstPropertyValue("status")).toBe("CANCELLED");
  });

  it("has the visits of whoever is a practitioner, and none of theirs once they are none", async () => {
    const { clinic } = await staged();
    const { userId } = clinic.practitioner;
    const token = await made({ userId });
    expect((await eventsOf(token)).events).toHaveLength(1);
    await db().user.update({ where: { id: userId }, data: { roles: ["scheduler"] } });
    expect((await eventsOf(token)).events).toEqual([]);
  });

  it("names no patient and no reason, and its addresses need a sign-in or an own link", async () => {
    const { clinic, actor } = await staged();
    const theirs = await eventsOf(await made({ userId: clinic.practitioner.userId }));
    const own = await eventsOf(await made({ userId: actor.userId }, actor));
    for (const { text } of [theirs, own])
      expect(text).not.toMatch(/Paula|Beispiel|example\.org|invented|Test visit|Тестовый|\/v\//);
    expect(theirs.events[0]?.component.getFirstPropertyValue("url")).toMatch(/\/agenda\/[0-9a-f-]{36}$/);
    expect(theirs.text).not.toContain(clinic.practitioner.displayName);
    expect(own.events[0]?.component.getFirstPropertyValue("url")).toMatch(/\/visit\/[0-9a-f-]{36}$/);

    const guest = await bookAppointment(guestBooking(clinic, inHours(30)), minuteNow());
    if (!guest.ok) throw new Error(guest.reason);
    const { patientId } = await db().appointment.findUniqueOrThrow({
      where: { id: guest.value.appointmentId },
    });
    const without = await eventsOf(await made({ patientId }));
    expect(without.events).toHaveLength(1);
    expect(without.events[0]?.component.getFirstPropertyValue("url")).toMatch(/\/lost-link$/);
  });

  it("is one at a time, kept as a hash alone, and gone once it is stopped", async () => {
    const { actor } = await staged();
    const owner = { userId: actor.userId };
    const results = await Promise.all([1, 2, 3].map(() => createCalendarFeed(owner, actor, minuteNow())));
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
    const [token] = results.flatMap((result) => (result.ok ? [result.value] : []));
    expect((await read(token ?? "")).status).toBe(200);
    expect(JSON.stringify(await db().accessLink.findMany({ where: owner }))).not.toContain(token);

    expect((await revokeCalendarFeed(owner, actor, minuteNow())).ok).toBe(true);
    expect((await revokeCalendarFeed(owner, actor, minuteNow())).ok).toBe(true);
    expect((await read(token ?? "")).status).toBe(404);
    const again = await made(owner, actor);
    expect(again).not.toBe(token);
    expect((await read(again)).status).toBe(200);
    const trail = await db().auditEvent.findMany({
      where: { actorPseudonym: actor.pseudonym, action: { startsWith: "calendar_feed." } },
      orderBy: { id: "asc" },
    });
    expect(trail.map(({ action }) => action).toSorted()).toEqual([
      "calendar_feed.created",
      "calendar_feed.created",
      "calendar_feed.revoked",
    ]);
  });

  it("answers a repeated question with 304 until something changes", async () => {
    const { actor, appointmentId } = await staged();
    const token = await made({ userId: actor.userId }, actor);
    const first = await read(token);
    expect(first.headers.get("content-type")).toBe("text/calendar; charset=utf-8");
    expect(first.headers.get("cache-control")).toBe("private, no-cache");
    const etag = first.headers.get("etag") ?? "";
    for (const known of [etag, `W/${etag}`, `"other", ${etag}`])
      expect((await read(token, { "if-none-match": known })).status).toBe(304);
    await cancelAppointment({ appointmentId, reason: "" }, actor, minuteNow());
    expect((await read(token, { "if-none-match": etag })).status).toBe(200);
  });

  it("is not found for anything else that looks like an address of one", async () => {
    const { actor, appointmentId } = await staged();
    const visitToken = newToken();
    const { hashToken } = await import("@/lib/security/tokens");
    await db().accessLink.create({
      data: {
        id: newId(),
        purpose: "visit",
        tokenHash: hashToken(visitToken),
        appointmentId,
        createdAt: new Date(minuteNow().epochMilliseconds),
      },
    });
    for (const token of [newToken(), visitToken, "", "x".repeat(10_000), "\u202e", "../feed", newId()])
      expect((await read(token)).status).toBe(404);
    const token = await made({ userId: actor.userId }, actor);
    await db().user.update({
      where: { id: actor.userId },
      data: { disabledAt: new Date(minuteNow().epochMilliseconds) },
    });
    expect((await read(token)).status).toBe(404);
  });

  it("is nobody's who does not exist", async () => {
    for (const owner of [{ userId: newId() }, { patientId: newId() }])
      expect(await createCalendarFeed(owner, actorOf({}), minuteNow())).toEqual({
        ok: false,
        reason: "not_found",
      });
  });
});
