import { Temporal } from "temporal-polyfill";
import { afterAll, beforeEach, describe, expect, it, vi } from "vitest";
import { z } from "zod";
import type { Actor } from "@/lib/access/types";
import { UNKNOWN_ADDRESSES } from "@/lib/auth/constants";
import { findLiveSession, type LiveSession } from "@/lib/auth/data";
import { signInWithPassword } from "@/lib/auth/mutations/sign-in";
import { formAction } from "@/lib/auth/pipeline";
import { enterBrowser } from "@/lib/auth/session-cookie";
import { env } from "@/lib/core/env";
import { newId } from "@/lib/core/ids";
import { ok } from "@/lib/core/result";
import { closeDb, db } from "@/lib/db/client";
import { makeUser } from "@/tests/support/factories";

/* What depends on the browser that asks: its address, and who was signed in in it. */

const PASSWORD = "a long demo password";
const ORIGIN = { address: "192.0.2.1", userAgent: "test" };

let forwarded: string | undefined;
let former: LiveSession | undefined;
const jar = new Map<string, string>();

vi.mock("@/lib/auth/loaders", () => ({
  loadActor: async (): Promise<Actor> => ({ kind: "anonymous" }),
  loadSession: async () => former,
}));
vi.mock("next/headers", () => ({
  headers: async () =>
    new Headers({
      origin: new URL(env().PORTAL_URL).origin,
      ...(forwarded === undefined ? {} : { "x-forwarded-for": forwarded }),
    }),
  cookies: async () => ({
    get: (name: string) => (jar.has(name) ? { value: jar.get(name) } : undefined),
    set: (name: string, value: string) => jar.set(name, value),
  }),
}));

beforeEach(() => {
  env().TRUSTED_PROXIES = ["127.0.0.1"];
  former = undefined;
});
afterAll(closeDb);

describe("how often a form may be sent", () => {
  const LIMIT = { max: 2, windowSeconds: 3600 };
  const newForm = (spares?: (input: { known?: string | undefined }) => Promise<boolean>) =>
    formAction({
      name: `test.${newId()}`,
      schema: z.object({ known: z.string().optional() }),
      limit: LIMIT,
      ...(spares ? { spares } : {}),
      allow: () => true,
      run: async () => ok(),
    });
  const sendTo = async (form: ReturnType<typeof newForm>, address?: string, known?: string) => {
    forwarded = address;
    const fields = new FormData();
    if (known) fields.set("known", known);
    const state = await form({ status: "idle" }, fields);
    return state.status === "refused" ? state.reason : state.status;
  };

  it("is counted for each address, and for a network of IPv6 together", async () => {
    const form = newForm();
    for (const address of ["203.0.113.1", "203.0.113.1"]) expect(await sendTo(form, address)).toBe("done");
    expect(await sendTo(form, "203.0.113.1")).toBe("too_many_attempts");
    expect(await sendTo(form, "203.0.113.2")).toBe("done");
    for (const host of [1, 2]) expect(await sendTo(form, `2001:db8:1:1::${host}`)).toBe("done");
    expect(await sendTo(form, "2001:db8:1:1::3")).toBe("too_many_attempts");
    expect(await sendTo(form, "2001:db8:1:2::3")).toBe("done");
  });

  it("is counted for all together where no proxy tells addresses, and generously", async () => {
    env().TRUSTED_PROXIES = [];
    const form = newForm();
    for (let n = 0; n < LIMIT.max * UNKNOWN_ADDRESSES; n += 1)
      expect(await sendTo(form, `203.0.113.${n}`)).toBe("done");
    expect(await sendTo(form, "203.0.113.200")).toBe("too_many_attempts");
  });

  it("is not counted for an address where whoever sends it is counted otherwise", async () => {
    const form = newForm(async ({ known }) => known === "yes");
    for (let n = 0; n < 3; n += 1) await sendTo(form, "203.0.113.9");
    expect(await sendTo(form, "203.0.113.9")).toBe("too_many_attempts");
    expect(await sendTo(form, "203.0.113.9", "yes")).toBe("done");
  });
});

describe("a browser in which somebody signs in", () => {
  it("leaves no session behind that it had before, whosever that was", async () => {
    const now = Temporal.Now.instant();
    const signIn = async () => {
      const { email } = await makeUser(db(), { now, password: PASSWORD });
      const result = await signInWithPassword({ email, password: PASSWORD }, ORIGIN, now);
      if (!result.ok) throw new Error(result.reason);
      return result.value;
    };
    const [first, second] = [await signIn(), await signIn()];
    former = await findLiveSession(db(), first.sessionId, now);
    await enterBrowser(second, now);
    expect(await findLiveSession(db(), first.sessionId, now)).toBeUndefined();
    expect(await findLiveSession(db(), second.sessionId, now)).toBeDefined();
    expect([...jar.keys()].toSorted()).toEqual(["device", "session"]);
  });
});
