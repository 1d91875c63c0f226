import { Temporal } from "temporal-polyfill";
import { afterAll, describe, expect, it } from "vitest";
import type { UserActor } from "@/lib/access/types";
import { findLiveSession, findSecondStep } from "@/lib/auth/data";
import { proveOwner } from "@/lib/auth/mutations/proof";
import { removeSecondStep, renewRecoveryCodes, setSecondStep } from "@/lib/auth/mutations/second-step";
import { endSession } from "@/lib/auth/mutations/sessions";
import { signInWithCode, signInWithPassword } from "@/lib/auth/mutations/sign-in";
import type { PendingSignIn } from "@/lib/auth/types";
import { env } from "@/lib/core/env";
import { newToken } from "@/lib/core/ids";
import { closeDb, db } from "@/lib/db/client";
import { newTotpSecret, totpCode } from "@/lib/security/totp";
import { makeUser } from "@/tests/support/factories";

const PASSWORD = "a long demo password";
const start = Temporal.Instant.from("2026-11-23T08:00:00Z");
const later = (seconds: number) => start.add({ seconds });
/** Somewhere on the documentation's networks (RFC 5737). */
const OWN = { address: "192.0.2.1", userAgent: "test" };
const STRANGER = { address: "198.51.100.1", userAgent: "test" };

afterAll(closeDb);

type Roles = ("patient" | "practitioner" | "administrator")[];

/** Somebody with a password, signed in by it. */
async function newPerson(roles: Roles = ["practitioner"]) {
  const user = await makeUser(db(), { now: start, password: PASSWORD, roles });
  const signedIn = await signInWithPassword({ email: user.email, password: PASSWORD }, OWN, start);
  if (!signedIn.ok) throw new Error(signedIn.reason);
  return { user, actor: await actorOf(signedIn.value.sessionId, start) };
}

async function actorOf(sessionId: string, now: Temporal.Instant): Promise<UserActor> {
  const live = await findLiveSession(db(), sessionId, now);
  if (!live) throw new Error("no such session");
  return live.actor;
}

/** The same with an authenticator app, whose code was taken at the start. */
async function newPersonWithApp(roles?: Roles) {
  const { user, actor } = await newPerson(roles);
  const secret = newTotpSecret();
  const set = await setSecondStep(actor, { secret, code: totpCode(secret, start) }, OWN, start);
  if (!set.ok) throw new Error(set.reason);
  const { session, codes } = set.value;
  return { user, secret, codes, old: actor, actor: await actorOf(session.sessionId, start) };
}

/** The first step, which is right. */
async function pendingOf(email: string, now: Temporal.Instant): Promise<PendingSignIn> {
  const first = await signInWithPassword({ email, password: PASSWORD }, OWN, now);
  if (first.ok || first.reason !== "second_step") throw new Error("no second step was asked for");
  return first.pending;
}

const answer = (result: { ok: true } | { ok: false; reason: string }) => (result.ok ? "in" : result.reason);

describe("a sign-in with a second step", () => {
  it("is no sign-in after the password alone", async () => {
    const { user } = await newPersonWithApp();
    const before = await db().session.count({ where: { userId: user.id } });
    await pendingOf(user.email, later(60));
    expect(await db().session.count({ where: { userId: user.id } })).toBe(before);
  });

  it("takes a code of now and of a step beside it, and each code once", async () => {
    const { user, secret } = await newPersonWithApp();
    const pending = await pendingOf(user.email, later(90));
    const at = (code: Temporal.Instant, now: Temporal.Instant) =>
      signInWithCode(pending, totpCode(secret, code), OWN, now);
    expect(answer(await at(later(0), later(90)))).toBe("wrong_code");
    expect(answer(await at(later(120), later(120)))).toBe("in");
    expect(answer(await at(later(120), later(120)))).toBe("wrong_code");
    // A code of before the one that was taken is as good as taken.
    expect(answer(await at(later(90), later(120)))).toBe("wrong_code");
    expect(answer(await at(later(150), later(120)))).toBe("in");
    expect(answer(await at(later(240), later(150)))).toBe("wrong_code");
  });

  it("takes a code from exactly one step before to one step after now, and not a step more", async () => {
    const { user, secret } = await newPersonWithApp();
    const pending = await pendingOf(user.email, later(300));
    const off = async (seconds: number) =>
      answer(await signInWithCode(pending, totpCode(secret, later(300 + seconds)), OWN, later(300)));
    expect([await off(-60), await off(60)]).toEqual(["wrong_code", "wrong_code"]);
    expect([await off(-30), await off(0), await off(30)]).toEqual(["in", "in", "in"]);
    expect([await off(-30), await off(0), await off(30)]).toEqual(["wrong_code", "wrong_code", "wrong_code"]);
  });

  it("does not take the code with which the app was set up", async () => {
    const { user, secret } = await newPersonWithApp();
    const pending = await pendingOf(user.email, later(5));
    expect(answer(await signInWithCode(pending, totpCode(secret, start), OWN, later(5)))).toBe("wrong_code");
  });

  it("lets one in of many who come with the same code at once", async () => {
    const { user, secret, codes } = await newPersonWithApp();
    const pending = await pendingOf(user.email, later(60));
    for (const code of [totpCode(secret, later(60)), codes[0] ?? ""]) {
      const results = await Promise.all(
        [0, 1, 2, 3].map(() => signInWithCode(pending, code, { ...OWN, device: newToken() }, later(60))),
      );
      expect(results.filter(({ ok }) => ok)).toHaveLength(1);
    }
  });

  it("takes a recovery code in the app's place, once, however it is written", async () => {
    const { user, codes } = await newPersonWithApp();
    const pending = await pendingOf(user.email, later(60));
    const [code = ""] = codes;
    expect(answer(await signInWithCode(pending, ` ${code.toUpperCase()} `, OWN, later(60)))).toBe("in");
    expect(answer(await signInWithCode(pending, code, OWN, later(61)))).toBe("wrong_code");
    expect((await findSecondStep(db(), { userId: user.id }))?.codesLeft).toBe(9);
  });

  it("keeps neither the secret nor a recovery code in the clear", async () => {
    const { user, secret, codes } = await newPersonWithApp();
    const kept = await db().totp.findUniqueOrThrow({ where: { userId: user.id } });
    expect(Buffer.from(kept.sealed).toString("latin1")).not.toContain(secret);
    const hashes = await db().recoveryCode.findMany({ where: { userId: user.id } });
    expect(hashes).toHaveLength(codes.length);
    for (const { codeHash } of hashes) expect(codeHash).toMatch(/^\$argon2id\$/);
  });

  it("slows down whoever guesses codes, says for how long, and not the owner elsewhere", async () => {
    const { user, secret } = await newPersonWithApp();
    const pending = await pendingOf(user.email, later(60));
    const guess = () => signInWithCode(pending, "000000", STRANGER, later(60));
    for (let n = 0; n < 5; n += 1) expect(answer(await guess())).toBe("wrong_code");
    expect(await guess()).toEqual({ ok: false, reason: "too_many_attempts", retryAfterSeconds: 1 });
    const own = { ...OWN, device: newToken() };
    expect(answer(await signInWithCode(pending, totpCode(secret, later(60)), own, later(60)))).toBe("in");
  });

  it("is no use once the account was changed or disabled between the steps", async () => {
    const { user, secret } = await newPersonWithApp();
    const pending = await pendingOf(user.email, later(60));
    const enter = () => signInWithCode(pending, totpCode(secret, later(60)), OWN, later(60));
    await db().user.update({ where: { id: user.id }, data: { disabledAt: new Date() } });
    expect(answer(await enter())).toBe("sign_in_again");
    await db().user.update({ where: { id: user.id }, data: { disabledAt: null, sessionVersion: 99 } });
    expect(answer(await enter())).toBe("sign_in_again");
  });

  it("is in the trail: what was refused, and by what it succeeded", async () => {
    const { user, secret } = await newPersonWithApp();
    const pending = await pendingOf(user.email, later(60));
    await signInWithCode(pending, "000000", OWN, later(60));
    await signInWithCode(pending, totpCode(secret, later(60)), OWN, later(60));
    const events = await db().auditEvent.findMany({
      where: { subjectPseudonym: user.pseudonym },
      orderBy: { sequence: "asc" },
    });
    expect(events.map(({ action, details }) => [action, details])).toEqual([
      ["session.started", { method: "password" }],
      ["user.second_step_set", {}],
      ["session.ended", {}],
      ["session.started", { method: "totp" }],
      ["session.refused", { reason: "wrong_code" }],
      ["session.started", { method: "totp" }],
    ]);
  });
});

describe("setting up a second step", () => {
  it("needs a code that the app shows", async () => {
    const { user, actor } = await newPerson();
    const set = await setSecondStep(actor, { secret: newTotpSecret(), code: "000000" }, OWN, start);
    expect(answer(set)).toBe("wrong_code");
    expect(await findSecondStep(db(), { userId: user.id })).toBeUndefined();
  });

  it("ends every session that was begun without it, and goes on under a new id", async () => {
    const { user, actor } = await newPerson();
    const other = await signInWithPassword({ email: user.email, password: PASSWORD }, STRANGER, start);
    const secret = newTotpSecret();
    const set = await setSecondStep(actor, { secret, code: totpCode(secret, start) }, OWN, start);
    if (!set.ok || !other.ok) throw new Error("not set up");
    for (const sessionId of [actor.sessionId, other.value.sessionId])
      expect(await findLiveSession(db(), sessionId, start)).toBeUndefined();
    expect(await findLiveSession(db(), set.value.session.sessionId, start)).toBeDefined();
  });

  it("is asked for with the password, and with a code where there is an app already", async () => {
    const { actor } = await newPerson();
    const prove = (password: string, code?: string) => proveOwner(actor, { password, code }, later(60));
    expect(answer(await prove("wrong"))).toBe("wrong_password");
    expect(answer(await prove(PASSWORD))).toBe("in");

    const withApp = await newPersonWithApp();
    const proveBoth = (code: string | undefined) =>
      proveOwner(withApp.actor, { password: PASSWORD, code }, later(60));
    expect(answer(await proveBoth(undefined))).toBe("wrong_code");
    expect(answer(await proveBoth(totpCode(withApp.secret, later(60))))).toBe("in");
    expect(answer(await proveBoth(totpCode(withApp.secret, later(60))))).toBe("wrong_code");
    expect(answer(await proveBoth(withApp.codes[3]))).toBe("in");
  });

  it("slows down whoever tries passwords in somebody's open session", async () => {
    const { actor } = await newPerson();
    const guess = () => proveOwner(actor, { password: "wrong", code: undefined }, start);
    for (let n = 0; n < 5; n += 1) expect(answer(await guess())).toBe("wrong_password");
    expect(await guess()).toEqual({ ok: false, reason: "too_many_attempts", retryAfterSeconds: 1 });
  });

  it("may move to another app, and the one before is no use any more", async () => {
    const { user, secret: before, actor, codes } = await newPersonWithApp();
    const secret = newTotpSecret();
    const set = await setSecondStep(actor, { secret, code: totpCode(secret, later(60)) }, OWN, later(60));
    expect(set.ok).toBe(true);
    const pending = await pendingOf(user.email, later(120));
    const enter = (code: string) => signInWithCode(pending, code, OWN, later(120));
    expect(answer(await enter(totpCode(before, later(120))))).toBe("wrong_code");
    expect(answer(await enter(codes[0] ?? ""))).toBe("wrong_code");
    expect(answer(await enter(totpCode(secret, later(120))))).toBe("in");
  });

  it("makes new recovery codes in the place of all before, and none without an app", async () => {
    const { user, actor, codes } = await newPersonWithApp();
    const renewed = await renewRecoveryCodes(actor, later(60));
    if (!renewed.ok) throw new Error(renewed.reason);
    const pending = await pendingOf(user.email, later(60));
    const enter = (code = "") => signInWithCode(pending, code, OWN, later(60));
    expect(answer(await enter(codes[0]))).toBe("wrong_code");
    expect(answer(await enter(renewed.value.codes[0]))).toBe("in");
    expect(answer(await renewRecoveryCodes((await newPerson()).actor, start))).toBe("not_set");
  });

  it("may be undone, after which the password is enough", async () => {
    const { user, actor } = await newPersonWithApp();
    const removed = await removeSecondStep(actor, OWN, later(60));
    if (!removed.ok) throw new Error(removed.reason);
    expect(await findLiveSession(db(), actor.sessionId, later(60))).toBeUndefined();
    expect(await findLiveSession(db(), removed.value.session.sessionId, later(60))).toBeDefined();
    expect(answer(await signInWithPassword({ email: user.email, password: PASSWORD }, OWN, later(60)))).toBe(
      "in",
    );
    await endSession(removed.value.session.sessionId, later(60));
    // Its owner is told of both.
    expect(await db().notification.count({ where: { userId: user.id, kind: "sign_in_changed" } })).toBe(2);
  });
});

describe("the staff of a clinic", () => {
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

  it("are none before the second step is set up, and are from then on", async () => {
    const { actor } = await newPerson(["patient", "administrator", "practitioner"]);
    expect(actor.roles).toEqual(["patient", "administrator", "practitioner"]);
    await inProduction(async () => {
      const waiting = await findLiveSession(db(), actor.sessionId, start);
      expect(waiting?.actor.roles).toEqual(["patient"]);
      expect(waiting?.actor.practitionerId).toBeUndefined();
      expect(waiting?.awaitsSecondStep).toBe(true);
      const secret = newTotpSecret();
      const set = await setSecondStep(actor, { secret, code: totpCode(secret, start) }, OWN, start);
      if (!set.ok) throw new Error(set.reason);
      const live = await findLiveSession(db(), set.value.session.sessionId, start);
      expect(live?.actor.roles).toEqual(["patient", "administrator", "practitioner"]);
      expect(live?.awaitsSecondStep).toBe(false);
    });
  });

  it.each(["practitioner", "administrator"] as const)("cannot do without it again: %s", async (role) => {
    const { user, actor } = await newPersonWithApp([role]);
    await inProduction(async () => {
      expect(answer(await removeSecondStep(actor, OWN, later(60)))).toBe("required");
    });
    expect(await findSecondStep(db(), { userId: user.id })).toBeDefined();
    expect(await findLiveSession(db(), actor.sessionId, later(60))).toBeDefined();
  });
});
