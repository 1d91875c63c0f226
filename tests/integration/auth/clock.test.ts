import { Temporal } from "temporal-polyfill";
import { afterAll, describe, expect, it } from "vitest";
import { findLiveSession } from "@/lib/auth/data";
import { answerSignInRequest, requestSignInLink, signInWithLink } from "@/lib/auth/mutations/email-link";
import { setSecondStep } from "@/lib/auth/mutations/second-step";
import { endSession, startSession } from "@/lib/auth/mutations/sessions";
import { signInWithCode } from "@/lib/auth/mutations/sign-in";
import { newToken } from "@/lib/core/ids";
import { closeDb, db } from "@/lib/db/client";
import { transaction } from "@/lib/db/transaction";
import { mintSignInToken } from "@/lib/security/access-link";
import { hashToken } from "@/lib/security/tokens";
import { newTotpSecret, totpCode } from "@/lib/security/totp";
import { makeUser } from "@/tests/support/factories";

/*
 * The machine's clock jumps. What was used up stays used up, what has ended does not come back, and nobody has lost anything once it is
 * right again.
 */

const start = Temporal.Instant.from("2026-11-23T08:00:00Z");
const later = (seconds: number) => start.add({ seconds });
const HOUR = 3600;
const origin = { address: "192.0.2.1", userAgent: "test" };
const answer = (result: { ok: true } | { ok: false; reason: string }) => (result.ok ? "in" : result.reason);

afterAll(closeDb);

/** A patient who has asked for a link to sign in, in this browser. */
async function asked() {
  const user = await makeUser(db(), { now: start });
  const browserHash = hashToken(newToken());
  await requestSignInLink({ email: user.email, browserHash }, origin, start);
  const { id } = await db().signInRequest.findFirstOrThrow({ where: { email: user.email } });
  await answerSignInRequest(id, start);
  return { token: await mintSignInToken(db(), id, start), browserHash };
}

async function begin(userId: string, now = start): Promise<string> {
  const session = await transaction((tx) => startSession(tx, userId, "password", origin, now));
  if (!session.ok) throw new Error("nothing refuses this");
  return session.value.sessionId;
}

/** Somebody with an authenticator app, half signed in. */
async function pending() {
  const { id: userId, email, pseudonym } = await makeUser(db(), { now: start, roles: ["practitioner"] });
  const secret = newTotpSecret();
  const set = await setSecondStep(
    { userId, pseudonym, sessionId: await begin(userId) },
    { secret, code: totpCode(secret, start) },
    origin,
    start,
  );
  if (!set.ok) throw new Error(set.reason);
  const { sessionVersion } = await db().user.findUniqueOrThrow({ where: { id: userId } });
  const enter = async (code: string, now: Temporal.Instant) =>
    answer(await signInWithCode({ userId, email, sessionVersion }, code, origin, now));
  return { secret, enter, recoveryCode: set.value.codes[0] ?? "" };
}

describe("a clock that jumps back", () => {
  it("makes no link good again that was used", async () => {
    const link = await asked();
    expect(answer(await signInWithLink(link, origin, later(300)))).toBe("in");
    for (const seconds of [0, 60, -HOUR])
      expect(answer(await signInWithLink(link, origin, later(seconds)))).toBe("link_invalid");
  });

  it("makes no code good again that was taken, nor one of before it, and leaves a recovery code", async () => {
    const { secret, enter, recoveryCode } = await pending();
    expect(await enter(totpCode(secret, later(600)), later(600))).toBe("in");
    expect(await enter(totpCode(secret, later(600)), later(600))).toBe("wrong_code");
    expect(await enter(totpCode(secret, later(600)), later(570))).toBe("wrong_code");
    expect(await enter(totpCode(secret, later(570)), later(570))).toBe("wrong_code");
    expect(await enter(recoveryCode, later(570))).toBe("in");
  });

  it("wakes no session that was ended", async () => {
    const { id } = await makeUser(db(), { now: start });
    const sessionId = await begin(id);
    await endSession(sessionId, later(600));
    for (const seconds of [0, 599, 601, -HOUR])
      expect(await findLiveSession(db(), sessionId, later(seconds))).toBeUndefined();
  });
});

describe("a clock that jumps ahead and is set right", () => {
  it("costs nobody the link that it called too old", async () => {
    const link = await asked();
    expect(answer(await signInWithLink(link, origin, later(HOUR)))).toBe("link_invalid");
    expect(answer(await signInWithLink(link, origin, later(60)))).toBe("in");
  });

  it("takes no right code meanwhile, and holds none against anybody afterwards", async () => {
    const { secret, enter } = await pending();
    const right = totpCode(secret, later(600));
    expect(await enter(right, later(600 + HOUR))).toBe("wrong_code");
    expect(await enter(right, later(600))).toBe("in");
  });

  it("keeps nobody out for attempts of the wrong time", async () => {
    const { secret, enter } = await pending();
    for (let n = 0; n < 5; n += 1) expect(await enter("000000", later(24 * HOUR))).toBe("wrong_code");
    expect(await enter("000000", later(24 * HOUR))).toBe("too_many_attempts");
    // As long as after attempts of this moment, and not a day.
    expect(await enter(totpCode(secret, later(600)), later(600))).toBe("too_many_attempts");
    expect(await enter(totpCode(secret, later(602)), later(602))).toBe("in");
  });

  it("leaves no session that outlasts every limit", async () => {
    const { id } = await makeUser(db(), { now: start });
    const ahead = later(30 * 24 * HOUR);
    const begun = await transaction((tx) => startSession(tx, id, "password", origin, ahead));
    if (!begun.ok) throw new Error("nothing refuses this");
    const { sessionId } = begun.value;
    expect(await findLiveSession(db(), sessionId, ahead)).toBeDefined();
    expect(await findLiveSession(db(), sessionId, later(60))).toBeUndefined();
    // Machines whose clocks differ by a little know each other's sessions.
    expect(await findLiveSession(db(), sessionId, ahead.subtract({ minutes: 4 }))).toBeDefined();
  });

  it("costs nobody the session that it called idle", async () => {
    const { id } = await makeUser(db(), { now: start });
    const sessionId = await begin(id);
    expect(await findLiveSession(db(), sessionId, later(30 * 24 * HOUR))).toBeUndefined();
    expect(await findLiveSession(db(), sessionId, later(60))).toBeDefined();
  });
});
