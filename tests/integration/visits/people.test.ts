import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { conversationScope, practitionerScope } from "@/lib/access/rules";
import type { UserActor } from "@/lib/access/types";
import { peakSeats } from "@/lib/availability/rules/seats";
import { listSeatClaims } from "@/lib/booking/data/seats";
import { env } from "@/lib/core/env";
import { newToken } from "@/lib/core/ids";
import { db } from "@/lib/db/client";
import { isListening, subscribe } from "@/lib/events/listen";
import { waitsTopic } from "@/lib/events/topics";
import { findConversation, findTwo } from "@/lib/messaging/data/conversations";
import { openConversation } from "@/lib/messaging/mutations/open";
import { listNotes } from "@/lib/records/data";
import { saveNote } from "@/lib/records/mutations/notes";
import { toDate } from "@/lib/time/instant";
import { listVisits } from "@/lib/visits/data/visits";
import { readThirdPersonState } from "@/lib/visits/loaders/third";
import { noteInside } from "@/lib/visits/mutations/attendance";
import { endVisit } from "@/lib/visits/mutations/end-visit";
import {
  acceptHandover,
  declineHandover,
  offerHandover,
  withdrawHandover,
} from "@/lib/visits/mutations/handover";
import { joinVisit } from "@/lib/visits/mutations/join";
import { joinAsThirdPerson } from "@/lib/visits/mutations/join-third";
import { openConference } from "@/lib/visits/mutations/open-conference";
import { startVisit } from "@/lib/visits/mutations/start";
import {
  admitThirdPerson,
  arriveThirdPerson,
  inviteThirdPerson,
  revokeThirdPerson,
} from "@/lib/visits/mutations/third";
import { makePractitioner } from "@/tests/support/factories";
import { minuteNow } from "../booking/clinic";
import { type BookedVisit, bookedVisit, control, openStage, soon } from "./stage";

let sandbox: Awaited<ReturnType<typeof openStage>>;
beforeAll(async () => {
  sandbox = await openStage();
});
afterAll(() => sandbox.stop());
afterEach(() => control(sandbox, "POST", "reset"));

const now = minuteNow();
const newVisit = () => bookedVisit(soon(now), now);
const start = (visit: BookedVisit) => startVisit(visit.practitioner, visit.appointmentId, "en", now);

/** Asks somebody in by a link to hand over. */
async function invite(visit: BookedVisit, by: "patient" | "practitioner" = "practitioner") {
  const invitation = {
    appointmentId: visit.appointmentId,
    kind: "interpreter" as const,
    name: "Ivy Dolmetsch",
    locale: "en",
  };
  const invited = await inviteThirdPerson(visit[by], invitation, now);
  if (!invited.ok) throw new Error(invited.reason);
  const token = invited.value.token ?? "";
  const known = await readThirdPersonState(token);
  return { token, appointmentId: visit.appointmentId, thirdPersonId: known?.thirdPersonId ?? "" };
}

const joins = ({ token }: { token: string }) => joinAsThirdPerson(token, "en", now);
const seatsOf = async ({ appointmentId }: BookedVisit) =>
  (await db().slot.findUniqueOrThrow({ where: { appointmentId } })).seats;
const NOT_STARTED = { ok: false, reason: "not_started" };
const ENDED = { ok: false, reason: "ended" };

describe("a third person", () => {
  it("waits at the door until the practitioner lets them in, under a guest id and name of their own", async () => {
    const visit = await newVisit();
    const person = await invite(visit);
    expect(await joins(person)).toEqual(NOT_STARTED);
    expect((await start(visit)).ok).toBe(true);
    await arriveThirdPerson(person, now);
    expect(await joins(person)).toEqual(NOT_STARTED);
    expect(await seatsOf(visit)).toBe(2);

    expect(await admitThirdPerson(visit.practitioner, person, now)).toEqual({ ok: true });
    expect(await admitThirdPerson(visit.practitioner, person, now)).toEqual({ ok: true });
    expect(await seatsOf(visit)).toBe(3);
    const joined = await joins(person);
    expect(joined.ok).toBe(true);
    expect(sandbox.state.links.list().at(-1)?.person.displayName).toBe("Ivy Dolmetsch");
    const guests = await db().guest.findMany({ where: { encounterId: visit.encounterId } });
    expect(new Set(guests.map(({ guestId }) => guestId)).size).toBe(3);
    expect(sandbox.state.conferences.list()).toMatchObject([{ state: "running", max_participants: 3 }]);
  });

  it("is in the call on one device, until asked to change, and is told whether TrueConf shows them there", async () => {
    const visit = await newVisit();
    const person = await invite(visit);
    await start(visit);
    await admitThirdPerson(visit.practitioner, person, now);
    const join = (device: string, take = false) =>
      joinAsThirdPerson(person.token, "en", now, { device, take });
    expect((await join("the-phone")).ok).toBe(true);
    expect(await join("the-laptop")).toEqual({ ok: false, reason: "elsewhere" });
    expect((await join("the-laptop", true)).ok).toBe(true);
    expect(await join("the-phone")).toEqual({ ok: false, reason: "elsewhere" });

    const insideOf = async () => (await readThirdPersonState(person.token))?.state.inside;
    expect(await insideOf()).toEqual({ isIn: false, isAnybodyIn: false });
    await noteInside(visit.encounterId, [{ side: "patient", thirdPersonId: null }], now);
    expect(await insideOf()).toEqual({ isIn: false, isAnybodyIn: true });
    await noteInside(visit.encounterId, [{ side: "third", thirdPersonId: person.thirdPersonId }], now);
    expect(await insideOf()).toEqual({ isIn: true, isAnybodyIn: true });
  });

  it("is made room for before the start, without another request at the admission", async () => {
    const visit = await newVisit();
    await openConference(visit.appointmentId, now);
    const person = await invite(visit);
    expect(sandbox.state.conferences.list()).toMatchObject([{ state: "stopped", max_participants: 3 }]);
    await start(visit);
    const began = sandbox.state.sessions.list().length;
    expect((await admitThirdPerson(visit.practitioner, person, now)).ok).toBe(true);
    expect(sandbox.state.sessions.list()).toHaveLength(began);
  });

  it("is asked in by the patient as well, who sends away only whom they asked in", async () => {
    const visit = await newVisit();
    const [own, theirs] = [await invite(visit, "patient"), await invite(visit)];
    expect(await admitThirdPerson(visit.patient, own, now)).toEqual({ ok: false, reason: "not_found" });
    expect(await revokeThirdPerson(visit.patient, theirs, now)).toEqual({ ok: false, reason: "not_found" });
    expect(await revokeThirdPerson(visit.patient, own, now)).toEqual({ ok: true });
    expect(await revokeThirdPerson(visit.practitioner, theirs, now)).toEqual({ ok: true });
  });

  it("is out at every stage once sent away, and everybody else stays", async () => {
    const visit = await newVisit();
    const [early, late] = [await invite(visit), await invite(visit)];
    await revokeThirdPerson(visit.practitioner, early, now);
    expect(await joins(early)).toEqual({ ok: false, reason: "not_found" });
    expect(await admitThirdPerson(visit.practitioner, early, now)).toEqual({ ok: false, reason: "revoked" });

    await start(visit);
    await admitThirdPerson(visit.practitioner, late, now);
    expect((await joins(late)).ok).toBe(true);
    const began = sandbox.state.sessions.list().length;
    expect((await revokeThirdPerson(visit.practitioner, late, now)).ok).toBe(true);
    expect(await joins(late)).toEqual({ ok: false, reason: "not_found" });
    // The call was ended and begun again: nobody stays inside whom nobody lets in.
    expect(sandbox.state.sessions.list()).toHaveLength(began + 1);
    expect((await joinVisit(visit.patient, visit.appointmentId, "en", now)).ok).toBe(true);
    expect(await seatsOf(visit)).toBe(2);
  });

  it("is nobody's who holds another link, of another visit or none", async () => {
    const [visit, other] = [await newVisit(), await newVisit()];
    const person = await invite(visit);
    expect(await joins({ token: newToken() })).toEqual({ ok: false, reason: "not_found" });
    expect(await admitThirdPerson(other.practitioner, person, now)).toEqual({
      ok: false,
      reason: "not_found",
    });
    expect(
      await admitThirdPerson(other.practitioner, { ...person, appointmentId: other.appointmentId }, now),
    ).toEqual({ ok: false, reason: "not_found" });
    expect(await revokeThirdPerson(other.patient, person, now)).toEqual({ ok: false, reason: "not_found" });
  });

  it("comes in no more when the visit has ended, and is asked into none that has", async () => {
    const visit = await newVisit();
    const person = await invite(visit);
    await start(visit);
    await admitThirdPerson(visit.practitioner, person, now);
    await endVisit(visit.practitioner, visit.appointmentId, now);
    expect(await joins(person)).toEqual(ENDED);
    await expect(invite(visit)).rejects.toThrow("ended");
  });

  it("needs a guest seat of the licence, also of two let in at once", async () => {
    const visit = await newVisit();
    const people = [await invite(visit), await invite(visit)];
    const limit = env().TRUECONF_GUEST_SEATS;
    const period = { start: soon(now), end: soon(now).add({ minutes: 30 }) };
    const taken = peakSeats(await listSeatClaims(db(), period, now), {
      start: period.start.epochMilliseconds,
      end: period.end.epochMilliseconds,
    });
    env().TRUECONF_GUEST_SEATS = taken + 1;
    try {
      const results = await Promise.all(
        people.map((person) => admitThirdPerson(visit.practitioner, person, now)),
      );
      expect(results.filter(({ ok }) => ok)).toHaveLength(1);
      expect(results).toContainEqual({ ok: false, reason: "no_guest_seat" });
    } finally {
      env().TRUECONF_GUEST_SEATS = limit;
    }
  });

  it("is one of six at most", async () => {
    const visit = await newVisit();
    for (let n = 0; n < 6; n += 1) await invite(visit);
    await expect(invite(visit)).rejects.toThrow("too_many");
  });

  it("is mailed where there is an address, and their link is in nobody's hands but theirs", async () => {
    const visit = await newVisit();
    const invited = await inviteThirdPerson(
      visit.practitioner,
      {
        appointmentId: visit.appointmentId,
        kind: "relative",
        name: "Ria Muster",
        email: "ria@example.org",
        locale: "ru",
      },
      now,
    );
    expect(invited).toEqual({ ok: true, value: { token: undefined } });
    const mail = await db().notification.findFirstOrThrow({
      where: { appointmentId: visit.appointmentId, kind: "third_person_invited" },
    });
    expect(mail.thirdPersonId).not.toBeNull();
    expect(await db().accessLink.count({ where: { thirdPersonId: mail.thirdPersonId } })).toBe(0);
  });
});

/** A practitioner with nothing to do. */
async function colleague(): Promise<UserActor> {
  const { id, userId } = await makePractitioner(db(), { now, timeZone: "UTC" });
  const user = await db().user.findUniqueOrThrow({ where: { id: userId } });
  return {
    kind: "user",
    userId,
    sessionId: userId,
    roles: ["practitioner"],
    practitionerId: id,
    patientId: undefined,
    pseudonym: user.pseudonym,
  };
}

const openOffer = async (visit: BookedVisit) =>
  (await db().handover.findFirstOrThrow({ where: { encounterId: visit.encounterId, status: "offered" } })).id;
const offer = (visit: BookedVisit, to: UserActor, note?: string) =>
  offerHandover(
    visit.practitioner,
    { appointmentId: visit.appointmentId, practitionerId: to.practitionerId ?? "", note },
    now,
  );

describe("handing a visit to a colleague", () => {
  it("leaves the patient where they are: same visit, same conference, another practitioner", async () => {
    const [visit, to] = [await newVisit(), await colleague()];
    await start(visit);
    expect(await offer(visit, to, "An invented remark")).toEqual({ ok: true });
    const { trueconfId } = await db().conference.findUniqueOrThrow({
      where: { encounterId: visit.encounterId },
    });
    expect((await acceptHandover(to, await openOffer(visit), now)).ok).toBe(true);

    expect(await joinVisit(visit.practitioner, visit.appointmentId, "en", now)).toEqual({
      ok: false,
      reason: "not_found",
    });
    const theirs = await joinVisit(to, visit.appointmentId, "en", now);
    const patients = await joinVisit(visit.patient, visit.appointmentId, "en", now);
    for (const joined of [theirs, patients])
      expect(joined.ok && joined.value.iframe.src).toContain(`/webrtc/${trueconfId}`);
    const slot = await db().slot.findUniqueOrThrow({ where: { appointmentId: visit.appointmentId } });
    expect(slot).toMatchObject({ practitionerId: to.practitionerId, overbooked: false, seats: 2 });
    const row = await db().handover.findFirstOrThrow({ where: { encounterId: visit.encounterId } });
    expect(Buffer.from(row.noteSealed ?? []).toString("latin1")).not.toContain("invented");
  });

  it("is decided once, of two answers at once", async () => {
    const [visit, to] = [await newVisit(), await colleague()];
    await offer(visit, to);
    const id = await openOffer(visit);
    const results = await Promise.all([
      acceptHandover(to, id, now),
      acceptHandover(to, id, now),
      withdrawHandover(visit.practitioner, id, now),
      declineHandover(to, id, now),
    ]);
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
    for (const result of results.filter(({ ok }) => !ok))
      expect(result).toEqual({ ok: false, reason: "offer_ended" });
  });

  it("goes to one colleague at a time, who works here and is not the one who has it", async () => {
    const [visit, to, other] = [await newVisit(), await colleague(), await colleague()];
    expect(await offer(visit, visit.practitioner)).toEqual({ ok: false, reason: "unknown_practitioner" });
    await db().practitioner.update({ where: { id: other.practitionerId ?? "" }, data: { active: false } });
    expect(await offer(visit, other)).toEqual({ ok: false, reason: "unknown_practitioner" });
    expect(await offer(visit, to)).toEqual({ ok: true });
    expect(await offer(visit, to)).toEqual({ ok: false, reason: "already_offered" });
    const id = await openOffer(visit);
    expect(await acceptHandover(other, id, now)).toEqual({ ok: false, reason: "not_found" });
    expect(await declineHandover(visit.practitioner, id, now)).toEqual({ ok: false, reason: "not_found" });
    expect(await declineHandover(to, id, now)).toEqual({ ok: true });
    expect(await offer(visit, to)).toEqual({ ok: true });
  });

  it("is written on top of what the colleague has then, and not taken out of another visit", async () => {
    const [visit, theirs] = [await newVisit(), await newVisit()];
    await offer(visit, theirs.practitioner);
    await start(theirs);
    const id = await openOffer(visit);
    expect(await acceptHandover(theirs.practitioner, id, now)).toEqual({
      ok: false,
      reason: "practitioner_busy",
    });
    await db().encounter.update({
      where: { id: theirs.encounterId },
      data: { status: "planned", startedAt: null },
    });
    expect((await acceptHandover(theirs.practitioner, id, now)).ok).toBe(true);
    const slot = await db().slot.findUniqueOrThrow({ where: { appointmentId: visit.appointmentId } });
    expect(slot.overbooked).toBe(true);
  });

  it("opens this one visit with its notes, and nothing else of its patient", async () => {
    const [visit, earlier, to] = [await newVisit(), await newVisit(), await colleague()];
    const { patientId, practitionerId } = await db().appointment.findUniqueOrThrow({
      where: { id: visit.appointmentId },
    });
    // Of the same two, a week ago.
    const weekAgo = {
      startAt: toDate(now.subtract({ hours: 168 })),
      endAt: toDate(now.subtract({ hours: 167 })),
    };
    await db().slot.deleteMany({ where: { appointmentId: earlier.appointmentId } });
    await db().appointment.update({
      where: { id: earlier.appointmentId },
      data: { patientId, practitionerId, ...weekAgo },
    });
    for (const { appointmentId } of [visit, earlier])
      await saveNote(visit.practitioner, { appointmentId, version: 0, text: "Noted" }, now);
    const talk = await openConversation(
      visit.practitioner,
      "practitioner",
      { patientId, practitionerId },
      now,
    );
    if (!talk.ok) throw new Error(talk.reason);
    await offer(visit, to);
    expect((await acceptHandover(to, await openOffer(visit), now)).ok).toBe(true);

    const theirs = practitionerScope(to);
    expect((await listVisits(db(), theirs, {})).map(({ id }) => id)).toEqual([visit.appointmentId]);
    const notes = await listNotes(db(), theirs, visit.encounterId);
    expect(notes.map(({ text }) => text)).toEqual(["Noted"]);
    expect(await listNotes(db(), theirs, earlier.encounterId)).toEqual([]);
    const { conversationId } = talk.value;
    expect(
      await findConversation(db(), conversationScope(to, "practitioner"), conversationId),
    ).toBeUndefined();
    expect(await findTwo(db(), theirs, visit.appointmentId)).toMatchObject({ conversationId: undefined });
    // Whoever comes by the visit's link writes to the colleague from now on, and not unseen to somebody else.
    expect(
      await findConversation(db(), conversationScope(visit.patient, "patient"), conversationId),
    ).toBeUndefined();
    // To whoever handed it over the others stay, and this one is closed.
    const former = practitionerScope(visit.practitioner);
    expect(await listNotes(db(), former, visit.encounterId)).toEqual([]);
    expect(await listNotes(db(), former, earlier.encounterId)).toHaveLength(1);
  });

  it("tells those who wait for either of the two", async () => {
    const [visit, to] = [await newVisit(), await colleague()];
    await offer(visit, to);
    const heard = vi.fn();
    const end = subscribe([waitsTopic(to.practitionerId ?? "")], heard);
    try {
      await expect.poll(isListening, { timeout: 20_000 }).toBe(true);
      // Every subscriber is signalled once when the listening begins.
      await expect.poll(() => heard.mock.calls.length, { timeout: 20_000 }).toBe(1);
      heard.mockClear();
      await acceptHandover(to, await openOffer(visit), now);
      await expect.poll(() => heard.mock.calls.length, { timeout: 20_000 }).toBeGreaterThan(0);
    } finally {
      end();
    }
  });

  it("is nobody's to take or to wait for, once staff have given the visit to somebody else", async () => {
    const [visit, to, next] = [await newVisit(), await colleague(), await colleague()];
    await offer(visit, to);
    const stale = await openOffer(visit);
    await db().appointment.update({
      where: { id: visit.appointmentId },
      data: { practitionerId: next.practitionerId ?? "" },
    });
    await db().slot.updateMany({
      where: { appointmentId: visit.appointmentId },
      data: { practitionerId: next.practitionerId ?? "" },
    });
    expect(await acceptHandover(to, stale, now)).toEqual({ ok: false, reason: "offer_ended" });
    expect(await offer({ ...visit, practitioner: next }, to)).toEqual({ ok: true });
    expect((await acceptHandover(to, await openOffer(visit), now)).ok).toBe(true);
    expect(await db().handover.findUniqueOrThrow({ where: { id: stale } })).toMatchObject({
      status: "withdrawn",
    });
  });

  it("ends with the visit", async () => {
    const [visit, to] = [await newVisit(), await colleague()];
    await start(visit);
    await offer(visit, to);
    await endVisit(visit.practitioner, visit.appointmentId, now);
    expect(await acceptHandover(to, await openOffer(visit), now)).toEqual(ENDED);
  });
});
