import { Temporal } from "temporal-polyfill";
import { afterAll, describe, expect, it, vi } from "vitest";
import { findLiveSession } from "@/lib/auth/data";
import { changePassword } from "@/lib/auth/mutations/password";
import { endOwnSessions, startSession } from "@/lib/auth/mutations/sessions";
import { signInWithPassword } from "@/lib/auth/mutations/sign-in";
import { newPasswordSchema } from "@/lib/auth/schema";
import { newId } from "@/lib/core/ids";
import { closeDb, db } from "@/lib/db/client";
import { transaction } from "@/lib/db/transaction";
import { hashPassword } from "@/lib/security/password";
import { makeUser } from "@/tests/support/factories";

const BEFORE = "a long demo password";
const AFTER = "kettle under blue rain";
const start = Temporal.Instant.from("2026-11-23T08:00:00Z");
const origin = { address: "192.0.2.1", userAgent: "test" };

afterAll(closeDb);

async function signIn(email: string, password: string) {
  const result = await signInWithPassword({ email, password }, origin, start);
  return result.ok ? result.value.sessionId : result.reason;
}

describe("a new password", () => {
  it("holds from then on, ends every session, and begins a new one", async () => {
    const { id: userId, email } = await makeUser(db(), { now: start, password: BEFORE });
    const [own, other] = [await signIn(email, BEFORE), await signIn(email, BEFORE)];
    const changed = await changePassword({ userId, sessionId: own }, AFTER, origin, start);
    if (!changed.ok) throw new Error(changed.reason);
    for (const sessionId of [own, other])
      expect(await findLiveSession(db(), sessionId, start)).toBeUndefined();
    expect(await findLiveSession(db(), changed.value.session.sessionId, start)).toBeDefined();
    expect(await signIn(email, BEFORE)).toBe("wrong_credentials");
    expect(await db().notification.count({ where: { userId, kind: "sign_in_changed" } })).toBe(1);
    expect(await signIn(email, AFTER)).not.toBe("wrong_credentials");
  });

  it("is not made of the account's own address, and none of those that are tried first", async () => {
    const { id: userId, email } = await makeUser(db(), { now: start, password: BEFORE });
    const sessionId = newId();
    const set = (password: string) => changePassword({ userId, sessionId }, password, origin, start);
    expect(await set(email)).toEqual({ ok: false, reason: "password_guessable" });
    expect(await set("password1234")).toEqual({ ok: false, reason: "password_common" });
    expect(await signIn(email, BEFORE)).not.toBe("wrong_credentials");
  });

  it.each([
    ["short", "password_short"],
    ["twelve characters", undefined],
  ])("is long: %s", (password, fault) => {
    const parsed = newPasswordSchema.safeParse({ token: "", password, repeat: password });
    expect(parsed.error?.issues[0]?.message).toBe(fault);
  });

  it("keeps what the clinic's provider has asked for: whoever needs a second step still has had it", async () => {
    const { id: userId } = await makeUser(db(), { now: start, roles: ["administrator"] });
    const begun = await transaction((tx) =>
      startSession(tx, userId, "provider", origin, start, { secondStepByProvider: true }),
    );
    if (!begun.ok) throw new Error("nothing refuses this");
    const { sessionId } = begun.value;
    const changed = await changePassword({ userId, sessionId }, AFTER, origin, start);
    if (!changed.ok) throw new Error(changed.reason);
    const now = await db().session.findUniqueOrThrow({ where: { id: changed.value.session.sessionId } });
    expect(now.secondStepByProvider).toBe(true);
  });
});

describe("a change that was sent before its session ended", () => {
  it("lets nobody in again who was thrown out meanwhile", async () => {
    const { id: userId, email } = await makeUser(db(), { now: start, password: BEFORE });
    const [here, there] = [await signIn(email, BEFORE), await signIn(email, BEFORE)];
    await endOwnSessions(userId, { except: there }, start);
    expect(await changePassword({ userId, sessionId: here }, AFTER, origin, start)).toEqual({
      ok: false,
      reason: "sign_in_again",
    });
    expect(await findLiveSession(db(), there, start)).toBeDefined();
    expect(await signIn(email, BEFORE)).not.toBe("wrong_credentials");
  });
});

describe("a sign-in that overlaps a change of the password", () => {
  it("is none, although the password was right when it was looked at", async () => {
    const { id: userId, email } = await makeUser(db(), { now: start, password: BEFORE });
    const passwordHash = await hashPassword(AFTER);
    let signingIn: Promise<string> | undefined;
    await db().$transaction(
      async (tx) => {
        await tx.user.update({
          where: { id: userId },
          data: { passwordHash, sessionVersion: { increment: 1 } },
        });
        signingIn = signIn(email, BEFORE);
        // It has looked at the password that still held, and waits for the account.
        await vi.waitFor(
          async () => {
            const [row] = await db().$queryRaw<{ waiting: bigint }[]>`
            SELECT count(*) AS waiting FROM pg_locks WHERE NOT granted`;
            expect(Number(row?.waiting)).toBeGreaterThan(0);
          },
          { timeout: 10_000 },
        );
      },
      { timeout: 20_000 },
    );
    expect(await signingIn).toBe("wrong_credentials");
    expect(await db().session.count({ where: { userId, revokedAt: null } })).toBe(0);
  });
});
