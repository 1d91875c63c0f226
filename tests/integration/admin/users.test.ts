import { Temporal } from "temporal-polyfill";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import type { Role, UserActor } from "@/lib/access/types";
import {
  changeRoles,
  endSessionsOfUser,
  inviteUser,
  resendUserInvitation,
  resetSecondStep,
  setStanding,
  unlinkProvider,
} from "@/lib/admin/mutations/users";
import { findLiveSession } from "@/lib/auth/data";
import { acceptInvitation } from "@/lib/auth/mutations/invitation";
import { setSecondStep } from "@/lib/auth/mutations/second-step";
import { signInWithPassword } from "@/lib/auth/mutations/sign-in";
import { newId } from "@/lib/core/ids";
import { closeDb, db } from "@/lib/db/client";
import { mintInvitationLink } from "@/lib/security/access-link";
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
