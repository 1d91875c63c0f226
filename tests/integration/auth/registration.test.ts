import { Temporal } from "temporal-polyfill";
import { afterAll, describe, expect, it } from "vitest";
import type { UserActor } from "@/lib/access/types";
import { findLiveSession } from "@/lib/auth/data";
import { answerSignInRequest, requestSignInLink, signInWithLink } from "@/lib/auth/mutations/email-link";
import { setSecondStep } from "@/lib/auth/mutations/second-step";
import { startSession } from "@/lib/auth/mutations/sessions";
import { signInWithCode, signInWithPassword } from "@/lib/auth/mutations/sign-in";
import { listDependants } from "@/lib/booking/data/dependants";
import { newId, newToken } from "@/lib/core/ids";
import { closeDb, db } from "@/lib/db/client";
import { transaction } from "@/lib/db/transaction";
import { mintCalendarLink, mintSignInToken } from "@/lib/security/access-link";
import { hashToken } from "@/lib/security/tokens";
import { newTotpSecret, totpCode } from "@/lib/security/totp";
import { toDate } from "@/lib/time/instant";
import {
  makeAppointment,
  makePatient,
  makePractitioner,
  makeUser,
  makeVisitType,
} from "@/tests/support/factories";

const start = Temporal.Instant.from("2026-11-23T08:00:00Z");
const origin = { address: "192.0.2.1", userAgent: "test" };
const daysAgo = (days: number) => start.subtract({ hours: 24 * days });

afterAll(closeDb);

/** Whoever has an account, signed in. */
async function actorOf(userId: string): Promise<UserActor> {
  const { pseudonym, roles, patient } = await db().user.findUniqueOrThrow({
    where: { id: userId },
    include: { patient: true },
  });
  const none = { sessionId: newId(), practitionerId: undefined };
  return { kind: "user", userId, roles, patientId: patient?.id, pseudonym, ...none };
}

const newAddress = () => `guest-${newId()}@example.org`;
const browserHash = hashToken(newToken());

/** Somebody who has registered, and the link of their mail. */
async function registered(email = newAddress(), name = "Paula Beispiel") {
  const registration = { name, locale: "en", timeZone: "Europe/Berlin" };
  await requestSignInLink({ email, browserHash, registration }, origin, start);
  const { id } = await db().signInRequest.findFirstOrThrow({ where: { email }, orderBy: { id: "desc" } });
  await answerSignInRequest(id, start);
  return { email, requestId: id, token: await mintSignInToken(db(), id, start), browserHash };
}

async function enter(link: { token: string; browserHash: Uint8Array<ArrayBuffer> }) {
  const result = await signInWithLink(link, origin, start.add({ minutes: 5 }));
  if (!result.ok) throw new Error(result.reason);
  const live = await findLiveSession(db(), result.value.sessionId, start.add({ minutes: 5 }));
  if (!live) throw new Error("the session does not live");
  return live.actor;
}

/** A visit that somebody booked without an account. */
async function booked(
  email: string,
  { name = "Paula Beispiel", contactName = null as string | null, days = 0 } = {},
) {
  const visitType = await makeVisitType(db(), { now: start });
  const practitioner = await makePractitioner(db(), { now: start, visitTypeIds: [visitType.id] });
  const patient = await makePatient(db(), { now: daysAgo(days + 1), name, email });
  await db().patient.update({ where: { id: patient.id }, data: { contactName } });
  await makeAppointment(db(), {
    now: daysAgo(days + 1),
    practitioner,
    patient,
    visitType,
    startAt: daysAgo(days).add({ hours: 3 }),
  });
  return patient.id;
}

const ownerOf = (id: string) =>
  db().patient.findUniqueOrThrow({ where: { id }, select: { userId: true, contactUserId: true } });
const nobody = { userId: null, contactUserId: null };

describe("a registration", () => {
  it("makes nothing before its link is pressed, and then an account with a proven address and a record", async () => {
    const link = await registered();
    expect(await db().user.count({ where: { email: link.email } })).toBe(0);
    const actor = await enter(link);
    const user = await db().user.findUniqueOrThrow({
      where: { id: actor.userId },
      include: { patient: true },
    });
    expect(user).toMatchObject({ email: link.email, roles: ["patient"], passwordHash: null, locale: "en" });
    expect(user.emailVerifiedAt).not.toBeNull();
    expect(user.patient).toMatchObject({ name: "Paula Beispiel", email: link.email });
    const trail = await db().auditEvent.findMany({ where: { subjectPseudonym: user.pseudonym } });
    expect(trail.map(({ action }) => action).toSorted()).toEqual(["session.started", "user.created"]);
  });

  it("works once, and only in the browser that asked", async () => {
    const link = await registered();
    const other = { ...link, browserHash: hashToken(newToken()) };
    expect(await signInWithLink(other, origin, start)).toEqual({ ok: false, reason: "link_invalid" });
    await enter(link);
    expect(await signInWithLink(link, origin, start)).toEqual({ ok: false, reason: "link_invalid" });
  });

  it("makes one account of two links that are pressed at once", async () => {
    const first = await registered();
    const second = await registered(first.email);
    const [one, other] = await Promise.all([enter(first), enter(second)]);
    expect(one.userId).toBe(other.userId);
    expect(await db().patient.count({ where: { userId: one.userId } })).toBe(1);
  });

  it("of an address that is known changes nothing: it signs in, or sends nothing to staff", async () => {
    const user = await makeUser(db(), { now: start, name: "Petra Muster" });
    const link = await registered(user.email, "Somebody Else");
    expect(await db().notification.count({ where: { userId: user.id, kind: "sign_in_link" } })).toBe(1);
    expect((await enter(link)).userId).toBe(user.id);
    expect((await db().user.findUniqueOrThrow({ where: { id: user.id } })).name).toBe("Petra Muster");

    const staff = await makeUser(db(), { now: start, roles: ["administrator"] });
    const { requestId } = await registered(staff.email);
    expect(await db().notification.count({ where: { signInRequestId: requestId } })).toBe(0);
  });

  it("never lets its link into an account that has become one of staff meanwhile", async () => {
    const link = await registered();
    await makeUser(db(), { now: start, email: link.email, roles: ["practitioner"] });
    expect(await signInWithLink(link, origin, start)).toEqual({ ok: false, reason: "link_invalid" });
  });
});

describe("a claim", () => {
  it("takes in what was booked with the address: one record as one's own, for the others one speaks", async () => {
    const email = newAddress();
    const earlier = await booked(email, { days: 20 });
    const own = await booked(email, { name: "paula  BEISPIEL" });
    const child = await booked(email, { name: "Kim Beispiel", contactName: "Paula Beispiel" });
    const { userId, patientId } = await enter(await registered(email));
    expect(patientId).toBe(own);
    expect(await ownerOf(own)).toEqual({ userId, contactUserId: null });
    expect(await ownerOf(earlier)).toEqual({ userId: null, contactUserId: userId });
    expect(await ownerOf(child)).toEqual({ userId: null, contactUserId: userId });
    expect(await listDependants(db(), await actorOf(userId))).toEqual([
      { patientId: child, name: "Kim Beispiel" },
    ]);
    const { pseudonym } = await db().patient.findUniqueOrThrow({ where: { id: child } });
    expect(
      await db().auditEvent.findMany({
        where: { action: "patient.claimed", subjectPseudonym: pseudonym },
        select: { entityType: true, entityId: true, address: true },
      }),
    ).toEqual([{ entityType: null, entityId: null, address: origin.address }]);
  });

  it("leaves alone what is too old for its links, what is somebody's, and other addresses", async () => {
    const email = newAddress();
    const [old, elsewhere, taken] = [
      await booked(email, { days: 31 }),
      await booked(newAddress()),
      await booked(email),
    ];
    const other = await makeUser(db(), { now: start });
    await db().patient.update({ where: { id: taken }, data: { contactUserId: other.id } });
    await enter(await registered(email));
    expect(await ownerOf(old)).toEqual(nobody);
    expect(await ownerOf(elsewhere)).toEqual(nobody);
    expect(await ownerOf(taken)).toEqual({ userId: null, contactUserId: other.id });
  });

  it("needs the proof each time: a password claims nothing", async () => {
    const password = "a long demo password";
    const { email, id } = await makeUser(db(), { now: start, password });
    const patient = await booked(email);
    const signedIn = await signInWithPassword({ email, password }, origin, start);
    expect(signedIn.ok).toBe(true);
    expect(await ownerOf(patient)).toEqual(nobody);
    expect((await db().user.findUniqueOrThrow({ where: { id } })).emailVerifiedAt).toBeNull();

    const { userId } = await enter(await registered(email));
    expect(userId).toBe(id);
    expect(await ownerOf(patient)).not.toEqual(nobody);

    const later = await booked(email, { name: "Kim Beispiel" });
    await signInWithPassword({ email, password }, origin, start);
    expect(await ownerOf(later)).toEqual(nobody);
  });

  it("waits for the code of an account that has one", async () => {
    const { id: userId, email, pseudonym } = await makeUser(db(), { now: start });
    const session = await transaction((tx) => startSession(tx, userId, "password", origin, start));
    if (!session.ok) throw new Error("nothing refuses this");
    const secret = newTotpSecret();
    const actor = { userId, pseudonym, sessionId: session.value.sessionId };
    await setSecondStep(actor, { secret, code: totpCode(secret, start) }, origin, start);
    const patient = await booked(email);
    const result = await signInWithLink(await registered(email), origin, start.add({ minutes: 5 }));
    if (result.ok || result.reason !== "second_step") throw new Error("no code was asked for");
    expect(await ownerOf(patient)).toEqual(nobody);
    const code = totpCode(secret, start.add({ minutes: 6 }));
    await signInWithCode(result.pending, code, origin, start.add({ minutes: 6 }));
    expect(await ownerOf(patient)).not.toEqual(nobody);
  });

  it("ends the calendar that was made by a link", async () => {
    const email = newAddress();
    const patientId = await booked(email);
    await mintCalendarLink(db(), { patientId }, start);
    await enter(await registered(email));
    const links = await db().accessLink.findMany({ where: { patientId, purpose: "calendar" } });
    expect(links.map(({ revokedAt }) => revokedAt)).toEqual([toDate(start.add({ minutes: 5 }))]);
  });
});
