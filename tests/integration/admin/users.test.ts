import { Temporal } from "temporal-polyfill";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import type { Role, UserActor } from "@/lib/access/types";
import { resetAdministrator } from "@/lib/admin/mutations/clinic";
import {
  changeRoles,
  endSessionsOfUser,
  inviteUser,
  resendUserInvitation,
  resetSecondStep,
  sendPasswordReset,
  setStanding,
  unlinkProvider,
} from "@/lib/admin/mutations/users";
import { findInvitation, findLiveSession } from "@/lib/auth/data";
import { acceptInvitation } from "@/lib/auth/mutations/invitation";
import { resetPassword } from "@/lib/auth/mutations/password-reset";
import { setSecondStep } from "@/lib/auth/mutations/second-step";
import { startSession } from "@/lib/auth/mutations/sessions";
import { signInWithCode, signInWithPassword } from "@/lib/auth/mutations/sign-in";
import { newId } from "@/lib/core/ids";
import { closeDb, db } from "@/lib/db/client";
import { transaction } from "@/lib/db/transaction";
import { mintInvitationLink, mintPasswordResetLink } from "@/lib/security/access-link";
import { newTotpSecret, totpCode } from "@/lib/security/totp";
import { emptyClinic } from "@/tests/support/empty";
import { makeUser } from "@/tests/support/factories";

const PASSWORD = "a long demo password";
const now = Temporal.Instant.from("2026-11-23T08:00:00Z");
const OWN = { address: "192.0.2.1", userAgent: "test" };

// Who is the last administrator is a matter of the whole clinic.
beforeEach(emptyClinic);
afterAll(closeDb);

/** Somebody signed in. */
async function newPerson(...roles: Role[]): Promise<UserActor> {
  const user = await makeUser(db(), { now, password: PASSWORD, roles });
  const signedIn = await signInWithPassword({ email: user.email, password: PASSWORD }, OWN, now);
  if (!signedIn.ok) throw new Error(signedIn.reason);
  const live = await sessionOf({ sessionId: signedIn.value.sessionId });
  if (!live) throw new Error("no such session");
  return live.actor;
}

const sessionOf = ({ sessionId }: { sessionId: string }) => findLiveSession(db(), sessionId, now);
const userOf = ({ userId }: { userId: string }) => db().user.findUniqueOrThrow({ where: { id: userId } });
const eventsOf = async ({ pseudonym }: { pseudonym: string }) =>
  (
    await db().auditEvent.findMany({ where: { subjectPseudonym: pseudonym }, orderBy: { sequence: "asc" } })
  ).map(({ action, actorPseudonym }) => [action, actorPseudonym]);
const mailsOf = async ({ userId }: { userId: string }) =>
  (await db().notification.findMany({ where: { userId } })).map(({ kind }) => kind);

describe("an invitation", () => {
  const invitee = () => ({
    name: "Sasha Sample",
    email: `sasha-${newId()}@example.org`,
    locale: "en" as const,
    roles: ["scheduler"] as const,
  });

  it("makes an account whose owner sets the password and is a scheduler, and nothing else", async () => {
    const administrator = await newPerson("administrator");
    const invited = await inviteUser(administrator, invitee(), now);
    if (!invited.ok) throw new Error(invited.reason);
    expect(await mailsOf(invited.value)).toEqual(["invitation"]);
    expect(await resendUserInvitation(administrator, invited.value.userId, now)).toEqual({ ok: true });
    const token = await mintInvitationLink(db(), invited.value.userId, now);
    const accepted = await acceptInvitation({ token, password: PASSWORD }, OWN, now);
    if (!accepted.ok) throw new Error(accepted.reason);
    expect((await sessionOf(accepted.value))?.actor.roles).toEqual(["scheduler"]);
    expect(await resendUserInvitation(administrator, invited.value.userId, now)).toMatchObject({
      reason: "already_accepted",
    });
  });

  /** Somebody whom an administrator has invited, with the link of the mail. */
  async function invited(administrator: UserActor) {
    const made = await inviteUser(administrator, invitee(), now);
    if (!made.ok) throw new Error(made.reason);
    const { userId } = made.value;
    return { userId, token: await mintInvitationLink(db(), userId, now) };
  }

  it("opens nothing of an account that somebody has entered by another way, and is not sent to it again", async () => {
    const administrator = await newPerson("administrator");
    const { userId, token } = await invited(administrator);
    const entered = await transaction((tx) => startSession(tx, userId, "provider", OWN, now));
    if (!entered.ok) throw new Error("nothing refuses this");
    // Its sessions are swept away some day, and it stays entered.
    await db().session.deleteMany({ where: { userId } });
    const later = await mintInvitationLink(db(), userId, now);
    for (const link of [token, later]) {
      expect(await findInvitation(db(), link, now)).toBeUndefined();
      expect(await acceptInvitation({ token: link, password: PASSWORD }, OWN, now)).toEqual({
        ok: false,
        reason: "link_invalid",
      });
    }
    expect((await userOf({ userId })).passwordHash).toBeNull();
    expect(await resendUserInvitation(administrator, userId, now)).toMatchObject({
      reason: "already_accepted",
    });
  });

  it("opens nothing beside a second step, or an account at the clinic's provider", async () => {
    const administrator = await newPerson("administrator");
    const [withCode, linked] = [await invited(administrator), await invited(administrator)];
    const secret = { keyId: "k", sealed: new Uint8Array(), lastStep: 0, createdAt: new Date() };
    await db().totp.create({ data: { userId: withCode.userId, ...secret } });
    const link = { issuer: "https://login.example.org", subject: newId(), createdAt: new Date() };
    await db().providerLink.create({ data: { id: newId(), userId: linked.userId, ...link } });
    for (const { token, userId } of [withCode, linked]) {
      expect(await acceptInvitation({ token, password: PASSWORD }, OWN, now)).toMatchObject({ ok: false });
      expect(await resendUserInvitation(administrator, userId, now)).toMatchObject({ ok: false });
    }
  });

  it("opens the account for seven days, and nothing from their end on", async () => {
    const { userId, token } = await invited(await newPerson("administrator"));
    const end = now.add({ hours: 7 * 24 });
    for (const late of [end, end.add({ seconds: 1 })]) {
      expect(await findInvitation(db(), token, late)).toBeUndefined();
      expect(await acceptInvitation({ token, password: PASSWORD }, OWN, late)).toEqual({
        ok: false,
        reason: "link_invalid",
      });
    }
    expect((await userOf({ userId })).passwordHash).toBeNull();
    const inTime = end.subtract({ seconds: 1 });
    expect((await findInvitation(db(), token, inTime))?.user.id).toBe(userId);
    expect((await acceptInvitation({ token, password: PASSWORD }, OWN, inTime)).ok).toBe(true);
  });

  it("is for staff: a patient who has no password signs in by mail", async () => {
    const administrator = await newPerson("administrator");
    const { id } = await makeUser(db(), { now });
    expect(await resendUserInvitation(administrator, id, now)).toMatchObject({ reason: "already_accepted" });
  });

  it("takes no password that is made of the invited one's own name, nor one of those that are tried first", async () => {
    const { token } = await invited(await newPerson("administrator"));
    const accept = (password: string) => acceptInvitation({ token, password }, OWN, now);
    expect(await accept("Sasha Sample")).toEqual({ ok: false, reason: "password_guessable" });
    expect(await accept("password1234")).toEqual({ ok: false, reason: "password_common" });
    expect((await accept(PASSWORD)).ok).toBe(true);
  });

  it("changes no account that exists, and is nobody's without a role", async () => {
    const administrator = await newPerson("administrator");
    const somebody = await userOf(await newPerson("patient"));
    expect(await inviteUser(administrator, { ...invitee(), email: somebody.email }, now)).toMatchObject({
      reason: "email_in_use",
    });
    expect(await userOf({ userId: somebody.id })).toEqual(somebody);
    expect(await inviteUser(administrator, { ...invitee(), roles: [] }, now)).toMatchObject({
      reason: "no_role",
    });
  });
});

describe("other roles", () => {
  it("end every session, stay beside what somebody is by an own record, and are told and written down", async () => {
    const [administrator, doctor] = [await newPerson("administrator"), await newPerson("practitioner")];
    const change = { userId: doctor.userId, roles: ["scheduler"] as const };
    expect(await changeRoles(administrator, change, now)).toEqual({ ok: true });
    expect((await userOf(doctor)).roles).toEqual(["practitioner", "scheduler"]);
    expect(await sessionOf(doctor)).toBeUndefined();
    expect(await mailsOf(doctor)).toEqual(["account_changed"]);
    expect((await eventsOf(doctor)).slice(-2)).toEqual([
      ["session.ended", administrator.pseudonym],
      ["user.roles_changed", administrator.pseudonym],
    ]);
    const events = (await eventsOf(doctor)).length;
    expect(await changeRoles(administrator, change, now)).toEqual({ ok: true });
    expect(await eventsOf(doctor)).toHaveLength(events);
  });

  it("are another administrator's to give, and never none", async () => {
    const [administrator, keeper] = [await newPerson("administrator"), await newPerson("scheduler")];
    expect(
      await changeRoles(administrator, { userId: administrator.userId, roles: ["scheduler"] }, now),
    ).toMatchObject({ reason: "own_account" });
    expect(await changeRoles(administrator, { userId: keeper.userId, roles: [] }, now)).toMatchObject({
      reason: "no_role",
    });
    expect(await changeRoles(administrator, { userId: newId(), roles: ["scheduler"] }, now)).toMatchObject({
      reason: "not_found",
    });
  });

  it("leave one of two administrators who take the role from each other at once", async () => {
    const [one, other] = [await newPerson("administrator"), await newPerson("administrator")];
    const answers = await Promise.all([
      changeRoles(one, { userId: other.userId, roles: ["scheduler"] }, now),
      changeRoles(other, { userId: one.userId, roles: ["scheduler"] }, now),
    ]);
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await db().user.count({ where: { roles: { has: "administrator" } } })).toBe(1);
  });

  it("are nobody's to give who is no administrator any more", async () => {
    const [first, second, third] = [
      await newPerson("administrator"),
      await newPerson("administrator"),
      await newPerson("scheduler"),
    ];
    await setStanding(first, { userId: second.userId, standing: "disabled" }, now);
    expect(await changeRoles(second, { userId: third.userId, roles: ["administrator"] }, now)).toMatchObject({
      reason: "not_found",
    });
  });
});

describe("a closed account", () => {
  it("is signed out at once and signs in no more, until it is opened again", async () => {
    const [administrator, doctor] = [await newPerson("administrator"), await newPerson("practitioner")];
    const { email } = await userOf(doctor);
    const set = (standing: "active" | "disabled") =>
      setStanding(administrator, { userId: doctor.userId, standing }, now);
    expect(await set("disabled")).toEqual({ ok: true });
    expect(await sessionOf(doctor)).toBeUndefined();
    const signIn = async () => (await signInWithPassword({ email, password: PASSWORD }, OWN, now)).ok;
    expect(await signIn()).toBe(false);
    expect(await set("active")).toEqual({ ok: true });
    expect(await signIn()).toBe(true);
    expect(await sessionOf(doctor)).toBeUndefined();
    expect(await mailsOf(doctor)).toEqual(["account_changed"]);
  });
});

describe("a lost second step", () => {
  it("is taken away by another, who is in the trail for it, and its owner is told", async () => {
    const [administrator, doctor] = [await newPerson("administrator"), await newPerson("practitioner")];
    expect(await resetSecondStep(administrator, doctor.userId, now)).toMatchObject({ reason: "not_set" });
    const secret = newTotpSecret();
    const set = await setSecondStep(doctor, { secret, code: totpCode(secret, now) }, OWN, now);
    if (!set.ok) throw new Error(set.reason);
    expect(await resetSecondStep(administrator, doctor.userId, now)).toEqual({ ok: true });
    expect(await sessionOf(set.value.session)).toBeUndefined();
    expect(await db().recoveryCode.count({ where: { userId: doctor.userId } })).toBe(0);
    expect(await mailsOf(doctor)).toEqual(["sign_in_changed", "sign_in_changed"]);
    expect((await eventsOf(doctor)).at(-1)).toEqual(["user.second_step_removed", administrator.pseudonym]);
    const { email } = await userOf(doctor);
    expect((await signInWithPassword({ email, password: PASSWORD }, OWN, now)).ok).toBe(true);
  });
});

describe("a forgotten password", () => {
  const AFTER = "kettle under blue rain";
  const reset = (token: string, at = now) => resetPassword({ token, password: AFTER }, OWN, at);

  it("is replaced by a link that another administrator has sent: once, and what was signed in ends", async () => {
    const [administrator, doctor] = [await newPerson("administrator"), await newPerson("practitioner")];
    expect(await sendPasswordReset(administrator, doctor.userId, now)).toEqual({ ok: true });
    expect(await sessionOf(doctor)).toBeUndefined();
    expect(await mailsOf(doctor)).toEqual(["password_reset"]);
    expect((await eventsOf(doctor)).at(-1)).toEqual(["user.password_reset_sent", administrator.pseudonym]);
    const { email } = await userOf(doctor);
    // Until the link is used, nothing else is so: who remembers signs in.
    expect((await signInWithPassword({ email, password: PASSWORD }, OWN, now)).ok).toBe(true);

    const [token, unused] = [
      await mintPasswordResetLink(db(), doctor.userId, now),
      await mintPasswordResetLink(db(), doctor.userId, now),
    ];
    const entered = await reset(token);
    if (!entered.ok) throw new Error(entered.reason);
    expect(await sessionOf(entered.value)).toBeDefined();
    for (const link of [token, unused])
      expect(await reset(link)).toEqual({ ok: false, reason: "link_invalid" });
    expect((await signInWithPassword({ email, password: PASSWORD }, OWN, now)).ok).toBe(false);
    expect((await signInWithPassword({ email, password: AFTER }, OWN, now)).ok).toBe(true);
    expect(await mailsOf(doctor)).toEqual(["password_reset", "sign_in_changed"]);
  });

  it("is no way around the code", async () => {
    const doctor = await newPerson("practitioner");
    const secret = newTotpSecret();
    await setSecondStep(doctor, { secret, code: totpCode(secret, now) }, OWN, now);
    const entered = await reset(await mintPasswordResetLink(db(), doctor.userId, now));
    if (entered.ok || entered.reason !== "second_step") throw new Error("the code was not asked for");
    expect(await db().session.count({ where: { userId: doctor.userId, revokedAt: null } })).toBe(0);
    const later = now.add({ minutes: 1 });
    expect((await signInWithCode(entered.pending, totpCode(secret, later), OWN, later)).ok).toBe(true);
  });

  it("has a link for an hour, and of an open account alone", async () => {
    const [administrator, doctor] = [await newPerson("administrator"), await newPerson("practitioner")];
    const token = await mintPasswordResetLink(db(), doctor.userId, now);
    expect(await reset(token, now.add({ minutes: 60 }))).toMatchObject({ reason: "link_invalid" });
    await setStanding(administrator, { userId: doctor.userId, standing: "disabled" }, now);
    expect(await reset(token)).toMatchObject({ reason: "link_invalid" });
    expect(await sendPasswordReset(administrator, doctor.userId, now)).toMatchObject({
      reason: "not_entered",
    });
  });

  it("is neither one's own, nor a patient's, nor that of somebody who is still to be invited", async () => {
    const [administrator, patient] = [await newPerson("administrator"), await newPerson("patient")];
    const invited = await makeUser(db(), { now, roles: ["scheduler"] });
    const send = (userId: string) => sendPasswordReset(administrator, userId, now);
    expect(await send(administrator.userId)).toMatchObject({ reason: "own_account" });
    expect(await send(patient.userId)).toMatchObject({ reason: "not_staff" });
    expect(await send(invited.id)).toMatchObject({ reason: "not_entered" });
    expect(await sendPasswordReset(patient, administrator.userId, now)).toMatchObject({
      reason: "not_found",
    });
  });

  it("of the last administrator is replaced from the command line, which can take a lost code away too", async () => {
    const administrator = await newPerson("administrator");
    const { email } = await userOf(administrator);
    const secret = newTotpSecret();
    await setSecondStep(administrator, { secret, code: totpCode(secret, now) }, OWN, now);
    const withCode = await resetAdministrator({ email, withoutCode: false }, now);
    if (!withCode.ok) throw new Error(withCode.reason);
    expect(await reset(withCode.value.token)).toMatchObject({ reason: "second_step" });
    const withoutCode = await resetAdministrator({ email, withoutCode: true }, now);
    if (!withoutCode.ok) throw new Error(withoutCode.reason);
    expect((await reset(withoutCode.value.token)).ok).toBe(true);
    const doctor = await userOf(await newPerson("practitioner"));
    expect(await resetAdministrator({ email: doctor.email, withoutCode: false }, now)).toMatchObject({
      reason: "not_found",
    });
  });
});

describe("the link to somebody's account at the clinic's provider", () => {
  it("is taken away by another administrator, ends the sessions, and is told and written down", async () => {
    const [administrator, owner] = [await newPerson("administrator"), await newPerson("practitioner")];
    const link = { issuer: "https://login.example.org", subject: newId(), createdAt: new Date() };
    expect(await unlinkProvider(administrator, owner.userId, now)).toEqual({
      ok: false,
      reason: "not_linked",
    });
    await db().providerLink.create({ data: { id: newId(), userId: owner.userId, ...link } });
    expect((await unlinkProvider(owner, owner.userId, now)).ok).toBe(false);
    expect((await unlinkProvider(administrator, owner.userId, now)).ok).toBe(true);
    expect(await db().providerLink.count({ where: { userId: owner.userId } })).toBe(0);
    expect(await sessionOf(owner)).toBeUndefined();
    expect(await mailsOf(owner)).toEqual(["sign_in_changed"]);
    expect(await eventsOf(owner)).toContainEqual(["user.provider_unlinked", administrator.pseudonym]);
    expect(await unlinkProvider(administrator, administrator.userId, now)).toEqual({
      ok: false,
      reason: "own_account",
    });
  });
});

describe("all browsers of somebody", () => {
  it("are signed out, but not the one that asks", async () => {
    const [administrator, doctor] = [await newPerson("administrator"), await newPerson("practitioner")];
    expect(await endSessionsOfUser(administrator, doctor.userId, now)).toEqual({ ok: true });
    expect(await sessionOf(doctor)).toBeUndefined();
    expect(await endSessionsOfUser(administrator, administrator.userId, now)).toEqual({ ok: true });
    expect(await sessionOf(administrator)).toBeDefined();
  });
});
