import { Temporal } from "temporal-polyfill";
import { afterAll, describe, expect, it } from "vitest";
import { findLiveSession } from "@/lib/auth/data";
import { changePassword } from "@/lib/auth/mutations/password";
import { signInWithPassword } from "@/lib/auth/mutations/sign-in";
import { newPasswordSchema } from "@/lib/auth/schema";
import { closeDb, db } from "@/lib/db/client";
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
    const changed = await changePassword({ userId }, AFTER, origin, start);
    if (!changed.ok) throw new Error(changed.reason);
    for (const sessionId of [own, other])
      expect(await findLiveSession(db(), sessionId, start)).toBeUndefined();
    expect(await findLiveSession(db(), changed.value.session.sessionId, start)).toBeDefined();
    expect(await signIn(email, BEFORE)).toBe("wrong_credentials");
    expect(await db().notification.count({ where: { userId, kind: "sign_in_changed" } })).toBe(1);
    expect(await signIn(email, AFTER)).not.toBe("wrong_credentials");
  });

  it("is not made of the account's own address", async () => {
    const { id: userId, email } = await makeUser(db(), { now: start, password: BEFORE });
    expect(await changePassword({ userId }, email, origin, start)).toEqual({
      ok: false,
      reason: "password_guessable",
    });
    expect(await signIn(email, BEFORE)).not.toBe("wrong_credentials");
  });

  it.each([
    ["short", "password_short"],
    ["password1234", "password_common"],
    ["twelve characters", undefined],
  ])("is long and not common: %s", (password, fault) => {
    const parsed = newPasswordSchema.safeParse({ token: "", password, repeat: password });
    expect(parsed.error?.issues[0]?.message).toBe(fault);
  });
});
