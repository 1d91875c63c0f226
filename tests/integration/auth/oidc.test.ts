import { Temporal } from "temporal-polyfill";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { UserActor } from "@/lib/access/types";
import { findLiveSession, findOwnProof } from "@/lib/auth/data";
import { proveByAnswer, proveOwner } from "@/lib/auth/mutations/proof";
import { signInWithProvider } from "@/lib/auth/mutations/provider";
import { setSecondStep } from "@/lib/auth/mutations/second-step";
import { env } from "@/lib/core/env";
import { newId } from "@/lib/core/ids";
import { db } from "@/lib/db/client";
import { createOidcClient, type OidcClient } from "@/lib/oidc/client";
import type { ProviderIdentity } from "@/lib/oidc/types";
import { hashPassword } from "@/lib/security/password";
import { newTotpSecret, totpCode } from "@/lib/security/totp";
import { makePractitioner, makeUser } from "@/tests/support/factories";
import {
  CLIENT,
  type IdentityProvider,
  passProvider,
  type Staff,
  startIdentityProvider,
} from "@/tests/support/identity-provider";

const now = Temporal.Instant.from("2026-11-23T08:00:00Z");
const origin = { address: "192.0.2.1", userAgent: "test" };
const redirectUri = "http://localhost:3000/sign-in/provider/return";
const mapping = [
  { group: "admins", role: "administrator" },
  { group: "desk", role: "scheduler" },
  { group: "doctors", role: "practitioner" },
] as const;

const staff: Staff = {};
let provider: IdentityProvider;
let client: OidcClient;

beforeAll(async () => {
  provider = await startIdentityProvider(redirectUri, staff);
  const { issuer } = provider;
  client = createOidcClient({
    ...CLIENT,
    issuer,
    redirectUri,
    scope: "openid email profile",
    acr: undefined,
    groupsClaim: "groups",
  });
});
afterAll(() => provider.stop());

/** Somebody in the provider, by an account's name of their own. */
function employ({
  groups,
  email = `${newId()}@example.org`,
  email_verified = true,
}: Partial<Staff[string]> = {}) {
  const account = newId();
  staff[account] = { email, email_verified, name: "Ada Example", ...(groups && { groups }) };
  return { account, email };
}

/** The whole way to the provider and back. */
async function identify(account: string, mfa = false): Promise<ProviderIdentity> {
  const begun = await client.begin();
  if (!begun.ok) throw new Error(begun.reason);
  const returned = await passProvider(begun.value.url, redirectUri, { account, mfa });
  const identity = await client.finish(returned.searchParams, begun.value);
  if (!identity.ok) throw new Error(identity.reason);
  return identity.value;
}

const enter = async (account: string, { mfa = false, mapped = true } = {}) =>
  signInWithProvider(await identify(account, mfa), {
    mapping: mapped ? mapping : undefined,
    locale: "en",
    origin,
    now,
  });

const answerOf = (result: { ok: true } | { ok: false; reason: string }) => (result.ok ? "in" : result.reason);
const rolesOf = async (email: string) => (await db().user.findUniqueOrThrow({ where: { email } })).roles;
const lastRefusal = async () =>
  (
    await db().auditEvent.findFirstOrThrow({
      where: { action: "session.refused" },
      orderBy: { id: "desc" },
    })
  ).details;

describe("what a provider says of somebody", () => {
  it("is read from the ID token, which is asked to have it", async () => {
    const { account, email } = employ({ groups: ["doctors"] });
    expect(await identify(account, true)).toEqual({
      issuer: provider.issuer,
      subject: account,
      email,
      emailVerified: true,
      name: "Ada Example",
      groups: ["doctors"],
      secondStep: true,
    });
    expect((await identify(account)).secondStep).toBe(false);
  });
});

describe("a sign-in with the clinic's own account", () => {
  it("enters the account that has the address, tells its owner, and knows it afterwards by the link alone", async () => {
    const user = await makeUser(db(), { now, roles: ["practitioner"] });
    const { account } = employ({ email: user.email });
    expect(answerOf(await enter(account, { mapped: false }))).toBe("in");
    const mails = await db().notification.count({ where: { userId: user.id, kind: "sign_in_changed" } });
    expect(mails).toBe(1);

    staff[account] = { email: "new-name@example.org", email_verified: false };
    const again = await enter(account, { mapped: false });
    expect(again.ok && again.value.email).toBe(user.email);
    expect(await db().notification.count({ where: { userId: user.id, kind: "sign_in_changed" } })).toBe(1);
    const written = await db().auditEvent.findMany({ where: { subjectPseudonym: user.pseudonym } });
    expect(written.map(({ action }) => action)).toEqual(
      expect.arrayContaining(["user.provider_linked", "session.started", "session.started"]),
    );
  });

  it("needs an address for which the provider vouches", async () => {
    const user = await makeUser(db(), { now, roles: ["practitioner"] });
    const { account } = employ({ email: user.email, email_verified: false });
    expect(answerOf(await enter(account, { mapped: false }))).toBe("provider_refused");
    expect(await lastRefusal()).toEqual({ reason: "email_not_verified" });
    expect(await db().providerLink.count({ where: { userId: user.id } })).toBe(0);
  });

  it("never enters a patient's account, whatever the groups say", async () => {
    const user = await makeUser(db(), { now, roles: ["patient"] });
    const { account } = employ({ email: user.email, groups: ["admins"] });
    expect(answerOf(await enter(account, { mfa: true }))).toBe("provider_refused");
    expect(await rolesOf(user.email)).toEqual(["patient"]);
  });

  it("is refused to an account that was closed, before and after it was linked", async () => {
    const user = await makeUser(db(), { now, roles: ["practitioner"] });
    const { account } = employ({ email: user.email });
    const disable = (disabledAt: Date | null) =>
      db().user.update({ where: { id: user.id }, data: { disabledAt } });
    await disable(new Date());
    expect(answerOf(await enter(account, { mapped: false }))).toBe("provider_refused");
    await disable(null);
    expect(answerOf(await enter(account, { mapped: false }))).toBe("in");
    await disable(new Date());
    expect(answerOf(await enter(account, { mapped: false }))).toBe("provider_refused");
    expect(await lastRefusal()).toEqual({ reason: "disabled" });
  });

  it("lets nobody in whose address was somebody else's at the provider", async () => {
    const user = await makeUser(db(), { now, roles: ["practitioner"] });
    const [first, second] = [employ({ email: user.email }), employ({ email: user.email })];
    expect(answerOf(await enter(first.account, { mapped: false }))).toBe("in");
    expect(answerOf(await enter(second.account, { mapped: false }))).toBe("provider_refused");
    expect(await lastRefusal()).toEqual({ reason: "linked_elsewhere" });
  });

  it("makes one account and one link of several first sign-ins at once", async () => {
    const { account, email } = employ({ groups: ["desk"] });
    const identity = await identify(account);
    const context = { mapping, locale: "en", origin, now };
    const results = await Promise.all([0, 1, 2].map(() => signInWithProvider(identity, context)));
    expect(results.map(answerOf)).toEqual(["in", "in", "in"]);
    expect(await rolesOf(email)).toEqual(["scheduler"]);
    expect(await db().providerLink.count({ where: { subject: account } })).toBe(1);
  });
});

describe("somebody without an account", () => {
  it.each([[["cooks"]], [[]], [["doctors"]], [undefined]])("with the groups %j gets none", async (groups) => {
    const { account, email } = employ(groups && { groups });
    expect(answerOf(await enter(account, { mfa: true }))).toBe("provider_refused");
    expect(await db().user.count({ where: { email } })).toBe(0);
  });

  it("gets none where roles are given in the portal alone", async () => {
    const { account, email } = employ({ groups: ["admins"] });
    expect(answerOf(await enter(account, { mfa: true, mapped: false }))).toBe("provider_refused");
    expect(await db().user.count({ where: { email } })).toBe(0);
  });
});

describe("an administrator by the groups alone", () => {
  /** The clinic's own rule, as it holds everywhere but in the demonstration. */
  const inProduction = async (check: () => Promise<void>) => {
    const before = env().PORTAL_MODE;
    env().PORTAL_MODE = "production";
    try {
      await check();
    } finally {
      env().PORTAL_MODE = before;
    }
  };

  it("gets no account without a second step at the provider, and one with it", () =>
    inProduction(async () => {
      const { account, email } = employ({ groups: ["admins", "desk"] });
      expect(answerOf(await enter(account))).toBe("provider_refused");
      expect(await lastRefusal()).toEqual({ reason: "second_step_missing" });
      expect(await db().user.count({ where: { email } })).toBe(0);
      expect(await db().providerLink.count({ where: { subject: account } })).toBe(0);
      expect(answerOf(await enter(account, { mfa: true }))).toBe("in");
      expect(await rolesOf(email)).toEqual(["administrator", "scheduler"]);
    }));

  it("who had an account before is none of the staff in a session without a second step", () =>
    inProduction(async () => {
      const { account, email } = employ({ groups: ["desk"] });
      await enter(account);
      staff[account] = { email, email_verified: true, groups: ["desk", "admins"] };
      const rolesIn = async (mfa: boolean) => {
        const entered = await enter(account, { mfa });
        if (!entered.ok) throw new Error(entered.reason);
        return (await findLiveSession(db(), entered.value.sessionId, now))?.actor.roles;
      };
      expect(await rolesIn(false)).toEqual([]);
      expect((await rolesIn(true))?.toSorted()).toEqual(["administrator", "scheduler"]);
    }));
});

describe("roles", () => {
  it("follow the groups at every sign-in, and a change ends the sessions before it", async () => {
    const { account, email } = employ({ groups: ["desk", "admins"] });
    const first = await enter(account, { mfa: true });
    expect(await rolesOf(email)).toEqual(["administrator", "scheduler"]);
    await makeUser(db(), { now, roles: ["administrator"], password: "another administrator" });

    staff[account] = { email, email_verified: true, groups: ["desk"] };
    expect(answerOf(await enter(account))).toBe("in");
    expect(await rolesOf(email)).toEqual(["scheduler"]);
    expect(first.ok && (await findLiveSession(db(), first.value.sessionId, now))).toBeUndefined();

    staff[account] = { email, email_verified: true, groups: [] };
    expect(answerOf(await enter(account))).toBe("provider_refused");
    expect(await rolesOf(email)).toEqual([]);
    expect(await lastRefusal()).toEqual({ reason: "no_role" });
  });

  it("are left as they are where the claim is missing, which lets nobody in", async () => {
    const { account, email } = employ({ groups: ["desk"] });
    await enter(account);
    staff[account] = { email, email_verified: true };
    expect(answerOf(await enter(account))).toBe("provider_refused");
    expect(await rolesOf(email)).toEqual(["scheduler"]);
  });

  it("make a practitioner of nobody whom no administrator has made one", async () => {
    const { account, email } = employ({ groups: ["desk", "doctors"] });
    await enter(account);
    expect(await rolesOf(email)).toEqual(["scheduler"]);
    const user = await db().user.findUniqueOrThrow({ where: { email } });
    await makePractitioner(db(), { now, userId: user.id });
    await enter(account);
    expect(await rolesOf(email)).toEqual(["scheduler", "practitioner"]);
  });

  it("leave the clinic its last administrator, of two who lose the role at once too", async () => {
    await db().user.updateMany({
      where: { roles: { has: "administrator" } },
      data: { disabledAt: new Date() },
    });
    const both = [employ({ groups: ["admins"] }), employ({ groups: ["admins"] })];
    for (const { account } of both) await enter(account, { mfa: true });
    for (const { account, email } of both) staff[account] = { email, email_verified: true, groups: ["desk"] };
    const identities = await Promise.all(both.map(({ account }) => identify(account, true)));
    const context = { mapping, locale: "en", origin, now };
    await Promise.all(identities.map((identity) => signInWithProvider(identity, context)));
    const left = (await Promise.all(both.map(({ email }) => rolesOf(email)))).map((roles) =>
      roles.includes("administrator"),
    );
    expect(left.toSorted()).toEqual([false, true]);
  });
});

describe("the second step", () => {
  it("is the provider's where it says that it asked for one, and ours where it does not", async () => {
    const user = await makeUser(db(), { now, roles: ["practitioner"] });
    const { account } = employ({ email: user.email });
    await enter(account, { mapped: false });
    await db().totp.create({
      data: { userId: user.id, keyId: "none", sealed: new Uint8Array(1), lastStep: 0, createdAt: new Date() },
    });
    const sessions = () => db().session.count({ where: { userId: user.id } });
    const before = await sessions();
    expect(await enter(account, { mapped: false })).toMatchObject({
      reason: "second_step",
      pending: { userId: user.id, sessionVersion: user.sessionVersion },
    });
    expect(await sessions()).toBe(before);
    expect(answerOf(await enter(account, { mapped: false, mfa: true }))).toBe("in");
    const [last] = await db().session.findMany({
      where: { userId: user.id },
      orderBy: { id: "desc" },
      take: 1,
    });
    expect(last?.secondStepByProvider).toBe(true);
  });
});

describe("a new sign-in there as a proof of oneself", () => {
  const nothing = { password: "", code: undefined };
  const later = (minutes: number) => now.add({ minutes });

  /** The whole way there and back for somebody who is signed in here. */
  async function proveAs(actor: UserActor, account: string, anew = true) {
    const begun = await client.begin({ anew });
    if (!begun.ok) throw new Error(begun.reason);
    const { searchParams: answer } = await passProvider(begun.value.url, redirectUri, { account });
    return proveByAnswer(client, { answer, kept: begun.value }, actor, origin, now);
  }

  /** Somebody of the staff without a password here, signed in by the provider. */
  async function newColleague() {
    const { account, email } = employ();
    await makeUser(db(), { now, email, roles: ["practitioner"] });
    const entered = await enter(account, { mapped: false });
    const live = entered.ok ? await findLiveSession(db(), entered.value.sessionId, now) : undefined;
    if (!live) throw new Error("not signed in");
    return { account, actor: live.actor };
  }

  it("is asked for where there is a password too, which alone sets up no code in the provider's place", async () => {
    const { actor } = await newColleague();
    const password = "a long demo password";
    await db().user.update({
      where: { id: actor.userId },
      data: { passwordHash: await hashPassword(password) },
    });
    expect(await findOwnProof(db(), actor, now, provider.issuer)).toBe("provider");
    // With a code of the portal's own, the password counts again, and the code with it.
    const secret = newTotpSecret();
    const set = await setSecondStep(actor, { secret, code: totpCode(secret, now) }, origin, now);
    if (!set.ok) throw new Error(set.reason);
    const { sessionId } = set.value.session;
    expect(await findOwnProof(db(), { ...actor, sessionId }, now, provider.issuer)).toBe("password");
  });

  it("is asked for where there is no password, and counts for a quarter of an hour in the session that asked", async () => {
    const { account, actor } = await newColleague();
    expect(await findOwnProof(db(), actor, now, provider.issuer)).toBe("provider");
    // The configuration names another provider, or none: what it says is worth nothing here.
    expect(await findOwnProof(db(), actor, now, "https://login.example.org")).toBe("none");
    expect(answerOf(await proveOwner(actor, nothing, now))).toBe("wrong_password");

    const again = await enter(account, { mapped: false });
    expect(answerOf(await proveAs(actor, account))).toBe("in");
    expect(await findOwnProof(db(), actor, later(14))).toBe("provider_proved");
    expect(answerOf(await proveOwner(actor, nothing, later(14)))).toBe("in");
    expect(await findOwnProof(db(), actor, later(15), provider.issuer)).toBe("provider");
    expect(answerOf(await proveOwner(actor, nothing, later(15)))).not.toBe("in");

    const elsewhere = { ...actor, sessionId: again.ok ? again.value.sessionId : "" };
    expect(await findOwnProof(db(), elsewhere, now, provider.issuer)).toBe("provider");
    const written = await db().auditEvent.count({
      where: { action: "session.proved", subjectPseudonym: actor.pseudonym },
    });
    expect(written).toBe(1);
  });

  it("is none by the account of somebody else, linked or not, or in a session that has ended", async () => {
    const [own, other] = [await newColleague(), await newColleague()];
    const stranger = employ();
    for (const account of [other.account, stranger.account]) {
      expect(answerOf(await proveAs(own.actor, account))).toBe("proof_refused");
      expect(await lastRefusal()).toEqual({ reason: "linked_elsewhere" });
    }
    // An ordinary sign-in was asked for nothing anew.
    expect(answerOf(await proveAs(own.actor, own.account, false))).toBe("proof_refused");
    expect(await findOwnProof(db(), own.actor, now, provider.issuer)).toBe("provider");

    await db().session.update({ where: { id: own.actor.sessionId }, data: { revokedAt: new Date() } });
    expect(answerOf(await proveAs(own.actor, own.account))).toBe("proof_refused");
  });

  it("does not stand in for the code of an account that has one", async () => {
    const { account, actor } = await newColleague();
    const secret = newTotpSecret();
    const set = await setSecondStep(actor, { secret, code: totpCode(secret, now) }, origin, now);
    if (!set.ok) throw new Error(set.reason);
    const asker = { ...actor, sessionId: set.value.session.sessionId };
    expect(answerOf(await proveAs(asker, account))).toBe("in");
    const prove = (code: string | undefined) => proveOwner(asker, { password: "", code }, later(1));
    expect(answerOf(await prove(undefined))).toBe("wrong_code");
    expect(answerOf(await prove(totpCode(secret, later(1))))).toBe("in");
  });
});
