import { randomUUID } from "node:crypto";
import { Temporal } from "temporal-polyfill";
import { describe, expect, it } from "vitest";
import { SIGN_IN_LIMITS } from "@/lib/auth/constants";
import { signInWithPassword } from "@/lib/auth/mutations/sign-in";
import { newToken } from "@/lib/core/ids";
import { db } from "@/lib/db/client";
import { countAttempt, countWithBackoff } from "@/lib/security/rate-limit";
import { makeUser } from "@/tests/support/factories";

const PASSWORD = "a long demo password";
const start = Temporal.Now.instant().round("second");
const later = (seconds: number) => start.add({ seconds });

const newUser = () => makeUser(db(), { now: start, password: PASSWORD });
/** Somewhere on the documentation's networks (RFC 5737). */
const OWN = { address: "192.0.2.1", userAgent: undefined };
const STRANGER = { address: "198.51.100.1", userAgent: undefined };

const reasonOf = (result: { ok: true } | { ok: false; reason: string }) => (result.ok ? "in" : result.reason);

describe("waits between attempts", () => {
  const backoff = { free: 2, longestSeconds: 60, forgetAfterSeconds: 3600 };
  const count = (subject: string, at: Temporal.Instant) => countWithBackoff("test", subject, backoff, at);

  it("grow from attempt to attempt, and are forgotten", async () => {
    const subject = randomUUID();
    expect(await count(subject, later(0))).toBeUndefined();
    expect(await count(subject, later(0))).toBeUndefined();
    expect(await count(subject, later(0))).toBe(1);
    expect(await count(subject, later(1))).toBeUndefined();
    expect(await count(subject, later(2))).toBe(1);
    expect(await count(subject, later(3))).toBeUndefined();
    expect(await count(subject, later(4))).toBe(3);
    expect(await count(subject, later(3 + 3600))).toBeUndefined();
    expect(await count(subject, later(3 + 3600))).toBeUndefined();
  });

  it("never grow beyond the longest", async () => {
    const subject = randomUUID();
    let at = 0;
    for (let n = 0; n < 12; n += 1, at += 60) expect(await count(subject, later(at))).toBeUndefined();
    expect(await count(subject, later(at - 59))).toBe(59);
  });

  it("are none of the time that a clock was ahead", async () => {
    const [day, subject, window] = [24 * 3600, randomUUID(), { max: 1, windowSeconds: 60 }];
    for (const wait of [undefined, undefined, 1]) expect(await count(subject, later(day))).toBe(wait);
    expect(await count(subject, later(0))).toBe(1);
    expect(await count(subject, later(1))).toBeUndefined();
    const once = (at: number) => countAttempt("test-window", subject, window, later(at));
    expect(await once(day)).toBeUndefined();
    expect(await once(0)).toBe(60);
    expect(await once(30)).toBe(30);
    expect(await once(60)).toBeUndefined();
  });

  it("let no crowd through at once", async () => {
    const subject = randomUUID();
    const results = await Promise.all(Array.from({ length: 20 }, () => count(subject, later(0))));
    expect(results.filter((wait) => wait === undefined)).toHaveLength(2);
  });
});

describe("a sign-in by password", () => {
  it("that is refused is in the trail of the account, and of nobody's is counted alone", async () => {
    const { email, pseudonym } = await newUser();
    const refused = () => db().auditEvent.count({ where: { action: "session.refused" } });
    const before = await refused();
    const unknown = { email: `${randomUUID()}@example.org`, password: PASSWORD };
    for (let n = 0; n < 3; n += 1) await signInWithPassword(unknown, STRANGER, later(0));
    expect(await refused()).toBe(before);
    const tally = { where: { door: "session.wrong_credentials" } };
    expect(await db().refusalTally.findMany(tally)).toMatchObject([{ count: 3 }]);
    await signInWithPassword({ email, password: "wrong" }, STRANGER, later(0));
    expect(await db().auditEvent.count({ where: { subjectPseudonym: pseudonym } })).toBe(1);
  });

  it("slows down whoever guesses, and says for how long", async () => {
    const { email } = await newUser();
    const guess = (at: Temporal.Instant) => signInWithPassword({ email, password: "wrong" }, STRANGER, at);
    for (let n = 0; n < 5; n += 1) expect(reasonOf(await guess(later(0)))).toBe("wrong_credentials");
    expect(await guess(later(0))).toEqual({ ok: false, reason: "too_many_attempts", retryAfterSeconds: 1 });
    // The right password helps as little before the wait is over, or the answer would tell that it was right.
    expect(reasonOf(await signInWithPassword({ email, password: PASSWORD }, STRANGER, later(0)))).toBe(
      "too_many_attempts",
    );
    expect(reasonOf(await signInWithPassword({ email, password: PASSWORD }, STRANGER, later(1)))).toBe("in");
  });

  it("is not kept from its owner by a stranger", async () => {
    const { email } = await newUser();
    const device = newToken();
    for (let n = 0; n < 120; n += 1)
      await signInWithPassword(
        { email, password: "wrong" },
        { ...STRANGER, address: undefined },
        later(n * 7),
      );
    const at = later(120 * 7);
    expect(reasonOf(await signInWithPassword({ email, password: PASSWORD }, { ...OWN, device }, at))).toBe(
      "in",
    );
  });

  it("is not shut for strangers by one who goes on after being refused", async () => {
    const { email } = await newUser();
    for (let n = 0; n < 150; n += 1)
      await signInWithPassword({ email, password: "wrong" }, STRANGER, later(0));
    expect(reasonOf(await signInWithPassword({ email, password: PASSWORD }, OWN, later(1)))).toBe("in");
  });

  it("is shut for all strangers together after so many that were looked at, and for no browser that the account knows", async () => {
    const { email } = await newUser();
    const { max, windowSeconds } = SIGN_IN_LIMITS.strangers;
    const guess = (n: number, at = later(0)) =>
      signInWithPassword({ email, password: "wrong" }, { ...STRANGER, address: `198.18.0.${n}` }, at);
    for (let n = 0; n < max; n += 1) expect(reasonOf(await guess(n))).toBe("wrong_credentials");
    expect(await guess(200)).toEqual({
      ok: false,
      reason: "too_many_attempts",
      retryAfterSeconds: windowSeconds,
    });
    const own = { ...OWN, device: newToken() };
    expect(reasonOf(await signInWithPassword({ email, password: PASSWORD }, own, later(1)))).toBe("in");
    expect(reasonOf(await guess(201, later(windowSeconds)))).toBe("wrong_credentials");
  });

  it("is bounded for an address, whose attempts beyond that count for no account, nor for a browser that one knows", async () => {
    const { max } = SIGN_IN_LIMITS.address;
    const address = "198.51.100.77";
    const from = (device?: string) => ({ address, userAgent: undefined, device });
    for (let n = 0; n < max; n += 1)
      await signInWithPassword({ email: `${randomUUID()}@example.org`, password: "wrong" }, from(), start);
    const { email } = await newUser();
    const stranger = () => signInWithPassword({ email, password: PASSWORD }, from(), later(1));
    for (let n = 0; n < 10; n += 1) expect(reasonOf(await stranger())).toBe("too_many_attempts");
    expect(
      reasonOf(await signInWithPassword({ email, password: PASSWORD }, from(newToken()), later(1))),
    ).toBe("in");
    expect(reasonOf(await signInWithPassword({ email, password: PASSWORD }, OWN, later(1)))).toBe("in");
  });

  it("counts a network of IPv6 as one address", async () => {
    const { email } = await newUser();
    const guess = (host: number) =>
      signInWithPassword(
        { email, password: "wrong" },
        { ...STRANGER, address: `2001:db8:7:7::${host}` },
        start,
      );
    for (let n = 1; n <= 5; n += 1) expect(reasonOf(await guess(n))).toBe("wrong_credentials");
    expect(reasonOf(await guess(6))).toBe("too_many_attempts");
  });

  it("costs an unknown address the same refusal", async () => {
    const email = `${randomUUID()}@example.org`;
    expect(await signInWithPassword({ email, password: PASSWORD }, OWN, start)).toEqual({
      ok: false,
      reason: "wrong_credentials",
    });
  });
});
