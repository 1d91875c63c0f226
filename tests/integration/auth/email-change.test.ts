import { Temporal } from "temporal-polyfill";
import { afterAll, describe, expect, it } from "vitest";
import { findConfirmation, findEmailChange, findLiveSession, findOwnProof } from "@/lib/auth/data";
import { changeEmail, forgetEmailChanges, requestEmailChange } from "@/lib/auth/mutations/email-change";
import { changePassword } from "@/lib/auth/mutations/password";
import { proveOwner } from "@/lib/auth/mutations/proof";
import { startSession } from "@/lib/auth/mutations/sessions";
import { newId } from "@/lib/core/ids";
import { closeDb, db } from "@/lib/db/client";
import { transaction } from "@/lib/db/transaction";
import { unsafeLoadNotification } from "@/lib/notifications/data";
import { formatMail } from "@/lib/notifications/format";
import { mintEmailChangeToken, mintVisitLink } from "@/lib/security/access-link";
import {
  makeAppointment,
  makePatient,
  makePractitioner,
  makeUser,
  makeVisitType,
} from "@/tests/support/factories";

const start = Temporal.Instant.from("2026-11-23T08:00:00Z");
const later = (minutes: number) => start.add({ minutes });
const origin = { address: "192.0.2.1", userAgent: "test" };

afterAll(closeDb);

const newAddress = () => `new-${newId()}@example.org`;

async function signedIn({ password }: { password?: string } = {}) {
  const user = await makeUser(db(), { now: start, ...(password ? { password } : {}) });
  const patient = await makePatient(db(), { now: start, email: user.email, userId: user.id });
  const method = password ? "password" : "email_link";
  const session = await transaction((tx) => startSession(tx, user.id, method, origin, start));
  if (!session.ok) throw new Error("nothing refuses this");
  return { user, patient, actor: { userId: user.id, pseudonym: user.pseudonym, ...session.value } };
}

/** An account that has asked for another address, and the link of the mail. */
async function asked(email = newAddress()) {
  const owner = await signedIn();
  expect(await requestEmailChange(owner.actor, email, origin, start)).toMatchObject({ ok: true });
  const change = await db().emailChange.findFirstOrThrow({ where: { userId: owner.user.id } });
  return { ...owner, email, changeId: change.id, token: await mintEmailChangeToken(db(), change.id) };
}

const answer = (result: { ok: true } | { ok: false; reason: string }) => (result.ok ? "done" : result.reason);
const emailOf = async (userId: string) =>
  (await db().user.findUniqueOrThrow({ where: { id: userId } })).email;

describe("another address", () => {
  it("is the account's once its link was used, and not before", async () => {
    const { user, patient, actor, email, token } = await asked();
    expect((await findEmailChange(db(), token, user.id, later(1)))?.state).toBe("ready");
    expect(await emailOf(user.id)).toBe(user.email);
    const changed = await changeEmail(actor, token, origin, later(2));
    if (!changed.ok) throw new Error(changed.reason);
    expect(await db().user.findUniqueOrThrow({ where: { id: user.id } })).toMatchObject({
      email,
      emailVerifiedAt: new Date(later(2).epochMilliseconds),
    });
    expect(await db().patient.findUniqueOrThrow({ where: { id: patient.id } })).toMatchObject({ email });
    const renewed = { ...actor, sessionId: changed.value.session.sessionId };
    expect(answer(await changeEmail(renewed, token, origin, later(3)))).toBe("link_invalid");
    expect(answer(await changeEmail(actor, token, origin, later(3)))).toBe("sign_in_again");
  });

  it("ends every other session, and goes on in a new one", async () => {
    const { user, actor, token } = await asked();
    const changed = await changeEmail(actor, token, origin, later(1));
    if (!changed.ok) throw new Error(changed.reason);
    expect(await findLiveSession(db(), actor.sessionId, later(1))).toBeUndefined();
    const live = await findLiveSession(db(), changed.value.session.sessionId, later(1));
    expect(live?.actor.userId).toBe(user.id);
  });

  it("is told to the former one, which learns that it was and not what it is", async () => {
    const { user, actor, email, token, changeId } = await asked();
    await changeEmail(actor, token, origin, later(1));
    const { id } = await db().notification.findFirstOrThrow({
      where: { emailChangeId: changeId, kind: "email_changed" },
    });
    const row = await unsafeLoadNotification(db(), id);
    if (!row) throw new Error("there is no such mail");
    const clinic = {
      name: "Example Clinic",
      phone: undefined,
      timeZone: "Europe/Berlin",
      portalUrl: "https://visits.clinic.example",
      sender: { name: "Example Clinic", address: "visits@clinic.example" },
    };
    const mail = await formatMail(row, {
      clinic,
      url: "https://visits.clinic.example/account",
      now: later(1),
    });
    expect(mail.to.address).toBe(user.email);
    expect(JSON.stringify(mail)).not.toContain(email);
  });

  it("shuts the links that the former mailbox has", async () => {
    const { patient, actor, token } = await asked();
    const visitType = await makeVisitType(db(), { now: start });
    const practitioner = await makePractitioner(db(), { now: start, visitTypeIds: [visitType.id] });
    const { id } = await makeAppointment(db(), {
      now: start,
      practitioner,
      patient,
      visitType,
      startAt: later(600),
    });
    await mintVisitLink(db(), id, start);
    await changeEmail(actor, token, origin, later(1));
    expect(await db().accessLink.count({ where: { appointmentId: id, revokedAt: null } })).toBe(0);
  });

  it("brings what was booked with it by nobody who was signed in", async () => {
    const { user, actor, email, token } = await asked();
    const booked = await makePatient(db(), { now: start, email, name: "Kim Beispiel" });
    await changeEmail(actor, token, origin, later(1));
    expect(await db().patient.findUniqueOrThrow({ where: { id: booked.id } })).toMatchObject({
      userId: null,
      contactUserId: user.id,
    });
  });

  it("is proved by whoever asked alone, in time, and for the account as it was", async () => {
    const { token, actor, user } = await asked();
    const stranger = await signedIn();
    expect((await findEmailChange(db(), token, stranger.user.id, later(1)))?.state).toBe("other_account");
    expect((await findEmailChange(db(), token, undefined, later(1)))?.state).toBe("other_account");
    expect(answer(await changeEmail(stranger.actor, token, origin, later(1)))).toBe("link_invalid");
    expect(answer(await changeEmail(actor, token, origin, later(30)))).toBe("link_invalid");
    const changed = await changePassword(actor, "kettle under blue rain", origin, later(2));
    if (!changed.ok) throw new Error(changed.reason);
    const renewed = { ...actor, sessionId: changed.value.session.sessionId };
    expect(answer(await changeEmail(renewed, token, origin, later(3)))).toBe("link_invalid");
    expect(await emailOf(user.id)).toBe(user.email);
  });

  it("goes to one of two who prove it, and says that it is taken only to who reads its mail", async () => {
    const email = newAddress();
    const [one, other] = [await asked(email), await asked(email)];
    expect(answer(await changeEmail(one.actor, one.token, origin, later(1)))).toBe("done");
    expect(answer(await changeEmail(other.actor, other.token, origin, later(1)))).toBe("email_in_use");
    expect(await emailOf(other.user.id)).toBe(other.user.email);
    const third = await signedIn();
    expect(answer(await requestEmailChange(third.actor, email, origin, later(2)))).toBe("done");
  });

  it("fills nobody's mailbox, and is another one", async () => {
    const email = newAddress();
    const { user, actor } = await signedIn();
    for (let n = 0; n < 6; n += 1)
      expect(answer(await requestEmailChange(actor, email, origin, later(n)))).toBe("done");
    expect(await db().notification.count({ where: { userId: user.id, kind: "email_change_link" } })).toBe(3);
    expect(answer(await requestEmailChange(actor, user.email, origin, start))).toBe("email_unchanged");
  });

  it("is forgotten with the former one some days later", async () => {
    const { changeId } = await asked();
    const count = () => db().emailChange.count({ where: { id: changeId } });
    await forgetEmailChanges(start.add({ hours: 96 }));
    expect(await count()).toBe(1);
    await forgetEmailChanges(start.add({ hours: 97 }));
    expect(await count()).toBe(0);
  });
});

describe("a proof of oneself", () => {
  const nothing = { password: "", code: undefined };

  const PASSWORD = "a long demo password";
  const refusals = async ({ pseudonym }: { pseudonym: string }) =>
    (
      await db().auditEvent.findMany({
        where: { actorPseudonym: pseudonym, action: "access.refused" },
        orderBy: { occurredAt: "asc" },
      })
    ).map(({ details, outcome, address }) => ({ details, outcome, address }));

  it("is the password where there is one, and what was none is in the trail", async () => {
    const { actor } = await signedIn({ password: PASSWORD });
    expect(await findOwnProof(db(), actor, start)).toBe("password");
    const { address } = origin;
    expect(answer(await proveOwner({ ...actor, address }, nothing, start))).toBe("wrong_password");
    expect(await refusals(actor)).toEqual([
      { details: { door: "proof.wrong_password" }, outcome: "refused", address },
    ]);
    for (let guess = 0; guess < 6; guess += 1) await proveOwner(actor, nothing, start);
    expect((await refusals(actor)).at(-1)?.details).toEqual({ door: "proof.too_many_attempts" });
    expect(answer(await proveOwner(actor, { ...nothing, password: PASSWORD }, later(30)))).toBe("done");
  });

  it("is a fresh link from a mail too, for a patient who has forgotten the password", async () => {
    const { user, actor } = await signedIn({ password: PASSWORD });
    expect(await findConfirmation(db(), actor, start)).toMatchObject({
      proof: "password",
      mailInstead: true,
    });
    const byMail = await transaction((tx) => startSession(tx, user.id, "email_link", origin, later(1)));
    if (!byMail.ok) throw new Error("nothing refuses this");
    const there = { ...actor, sessionId: byMail.value.sessionId };
    expect(await findConfirmation(db(), there, later(2))).toMatchObject({
      proof: "mail_proved",
      mailInstead: false,
    });
    expect(answer(await proveOwner(there, nothing, later(15)))).toBe("done");
    expect(answer(await proveOwner(there, nothing, later(16)))).toBe("wrong_password");
    expect(answer(await proveOwner(actor, nothing, later(2))), "and in that session alone").toBe(
      "wrong_password",
    );
  });

  it("is else a link from a mail, for a quarter of an hour, in the session that began with it", async () => {
    const { user, actor } = await signedIn();
    expect(answer(await proveOwner(actor, nothing, later(14)))).toBe("done");
    expect(answer(await proveOwner(actor, nothing, later(15)))).toBe("prove_by_mail");
    const other = await transaction((tx) => startSession(tx, user.id, "password", origin, later(1)));
    if (!other.ok) throw new Error("nothing refuses this");
    const elsewhere = { ...actor, sessionId: other.value.sessionId };
    expect(answer(await proveOwner(elsewhere, nothing, later(1)))).toBe("prove_by_mail");
  });

  it("is none by mail for staff", async () => {
    const { user, actor } = await signedIn();
    await db().user.update({ where: { id: user.id }, data: { roles: ["practitioner"] } });
    expect(await findOwnProof(db(), actor, later(1))).toBe("none");
    expect(answer(await proveOwner(actor, nothing, later(1)))).toBe("wrong_password");
    const withPassword = await signedIn({ password: PASSWORD });
    await db().user.update({ where: { id: withPassword.user.id }, data: { roles: ["scheduler"] } });
    expect(await findConfirmation(db(), withPassword.actor, start)).toMatchObject({ mailInstead: false });
  });
});
