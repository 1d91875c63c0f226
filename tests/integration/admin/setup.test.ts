import { Temporal } from "temporal-polyfill";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { findSetupLink } from "@/lib/admin/data/clinic";
import { createAdministrator, createFirstAdministrator, createSetupLink } from "@/lib/admin/mutations/clinic";
import { acceptInvitation } from "@/lib/auth/mutations/invitation";
import { signInWithPassword } from "@/lib/auth/mutations/sign-in";
import { closeDb, db } from "@/lib/db/client";
import { emptyClinic } from "@/tests/support/empty";
import { makeUser } from "@/tests/support/factories";

const now = Temporal.Instant.from("2026-11-23T08:00:00Z");
const origin = { address: "192.0.2.1", userAgent: "test" };
const person = (token: string, email = "first@example.org") => ({
  token,
  email,
  name: "Alex Muster",
  password: "twelve characters",
  locale: "en" as const,
});

async function newLink(at = now): Promise<string> {
  const link = await createSetupLink(at);
  if (!link.ok) throw new Error(link.reason);
  return link.value.token;
}

describe("an empty clinic", () => {
  beforeEach(emptyClinic);
  afterAll(closeDb);

  it("begins by a link: the first administrator is made, and can sign in", async () => {
    const token = await newLink();
    expect((await createFirstAdministrator(person(token), origin, now)).ok).toBe(true);
    const signedIn = await signInWithPassword(
      { email: "first@example.org", password: "twelve characters" },
      origin,
      now,
    );
    expect(signedIn.ok && signedIn.value.roles).toEqual(["administrator"]);
  });

  it("takes a link once, also from twenty at a time", async () => {
    const token = await newLink();
    const results = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        createFirstAdministrator(person(token, `first-${index}@example.org`), origin, now),
      ),
    );
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
    expect(results.filter((result) => !result.ok && result.reason === "link_invalid")).toHaveLength(19);
    expect(await db().user.count()).toBe(1);
  });

  it("ends a link with the next one, after a day, and when somebody administers", async () => {
    const first = await newLink();
    const second = await newLink();
    expect(await findSetupLink(db(), first, now)).toBeUndefined();
    expect(await findSetupLink(db(), second, now.add({ hours: 23 }))).toBeDefined();
    expect(await findSetupLink(db(), second, now.add({ hours: 24 }))).toBeUndefined();
    expect(await findSetupLink(db(), `${second.slice(0, -1)}_`, now)).toBeUndefined();

    await makeUser(db(), { roles: ["administrator"], now });
    expect(await findSetupLink(db(), second, now)).toBeUndefined();
    expect(await createFirstAdministrator(person(second), origin, now)).toEqual({
      ok: false,
      reason: "link_invalid",
    });
    expect(await createSetupLink(now)).toEqual({ ok: false, reason: "administrator_exists" });
  });

  it("keeps the link when the address is taken, and the account as it was", async () => {
    const patient = await makeUser(db(), { email: "first@example.org", now });
    const token = await newLink();
    expect(await createFirstAdministrator(person(token), origin, now)).toEqual({
      ok: false,
      reason: "email_in_use",
    });
    expect(await db().user.findMany()).toEqual([patient]);
    expect((await createFirstAdministrator(person(token, "other@example.org"), origin, now)).ok).toBe(true);
  });

  it("can have its administrator made on the command line, who then sets a password", async () => {
    const link = await newLink();
    const made = await createAdministrator(
      { name: "Alex Muster", email: "first@example.org", locale: "ru" },
      now,
    );
    if (!made.ok) throw new Error(made.reason);
    expect(await findSetupLink(db(), link, now)).toBeUndefined();
    expect(
      (await acceptInvitation({ token: made.value.token, password: "twelve characters" }, origin, now)).ok,
    ).toBe(true);
    expect(
      await createAdministrator({ name: "Alex Muster", email: "first@example.org", locale: "ru" }, now),
    ).toEqual({
      ok: false,
      reason: "email_in_use",
    });
  });
});
