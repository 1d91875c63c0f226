import { afterAll, beforeEach, describe, expect, it, vi } from "vitest";
import { systemNow } from "@/lib/core/clock";
import { env } from "@/lib/core/env";
import { IDLE } from "@/lib/core/form";
import { closeDb, db } from "@/lib/db/client";
import { stepOfCode, totpCode } from "@/lib/security/totp";
import { PROVED_ACTIONS } from "@/tests/support/proved-actions";
import { sumsOfTables } from "@/tests/support/row-sums";
import { ATTEMPTS, type Attempt, type Fields, type Given, PASSWORD, signIn } from "./proof-attempts";

/*
 * Each action that asks for a proof, sent by whoever may send it: without the right proof it does nothing at all, and with it what it is
 * for.
 */

let sid: string | undefined;
/** What the browser was told to keep. */
const jar = new Map<string, string>();

vi.mock("next-auth", () => ({ getServerSession: async () => (sid ? { sid } : null) }));
vi.mock("next/headers", () => ({
  headers: async () => new Headers({ origin: new URL(env().PORTAL_URL).origin }),
  cookies: async () => ({
    get: () => undefined,
    set: (name: string, value: string) => jar.set(name, value),
  }),
}));
vi.mock("next/cache", () => ({ revalidatePath: () => undefined }));

/** A code that the app shows at no time near this one. */
const wrongCode = (secret: string) =>
  ["000000", "111111", "222222", "333333"].find(
    (code) => stepOfCode(secret, code, systemNow()) === undefined,
  ) ?? "";

/** @returns the reason of a refusal, or `done`, also where the browser is led on */
async function answerTo(
  { send, passwordField = "ownPassword" }: Attempt,
  fields: Fields,
  { password, code }: Given,
): Promise<string> {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  if (password !== undefined) form.set(passwordField, password);
  if (code !== undefined) form.set("code", code);
  try {
    const { status, reason } = await send(IDLE, form);
    return reason ?? status;
  } catch (error) {
    if (error instanceof Error && error.message === "NEXT_REDIRECT") return "done";
    throw error;
  }
}

/** All that there is but the trail: rows, jobs, and what the browser keeps. */
async function everything() {
  const [{ jobs } = { jobs: 0 }] = await db().$queryRaw<{ jobs: number }[]>`
    SELECT count(*)::integer AS jobs FROM "pgboss"."job"`;
  return { ...(await sumsOfTables(db())), jobs, cookies: [...jar.keys()] };
}

beforeEach(() => {
  sid = undefined;
  jar.clear();
});
afterAll(closeDb);

describe.each(PROVED_ACTIONS)("%s", (name) => {
  it.each(ATTEMPTS[name])(
    "does nothing without the right proof, and what it is for with it: %#",
    async (attempt) => {
      const { actor, secret } = await signIn(attempt.role);
      const fields = await attempt.fields(actor);
      sid = actor.sessionId;
      const before = await everything();
      const withoutCode = attempt.needsCode ? "invalid" : undefined;
      const wrong: [Given, string][] = [
        [{ password: "another long password", code: totpCode(secret, systemNow()) }, "wrong_password"],
        [{ password: PASSWORD, code: wrongCode(secret) }, "wrong_code"],
        [{ password: PASSWORD }, withoutCode ?? "wrong_code"],
        [{}, withoutCode ?? "wrong_password"],
      ];
      for (const [given, reason] of wrong) {
        expect(await answerTo(attempt, fields, given)).toBe(reason);
        expect(await everything()).toEqual(before);
      }

      if (attempt.withoutApp) await db().totp.delete({ where: { userId: actor.userId } });
      const right = { password: PASSWORD, code: totpCode(secret, systemNow()) };
      expect(await answerTo(attempt, fields, right)).toBe("done");
      // More than that the code is used up.
      expect({ ...(await everything()), totp: "" }).not.toEqual({ ...before, totp: "" });
    },
  );
});
