import { afterAll, expect, it, vi } from "vitest";
import { lookUpScope } from "@/lib/access/rules";
import type { Role, UserActor } from "@/lib/access/types";
import { newId } from "@/lib/core/ids";
import { closeDb, db } from "@/lib/db/client";
import { correctContactAction } from "@/lib/privacy/actions";
import { findContact } from "@/lib/privacy/data/contact";
import { makePatient, makeUser } from "@/tests/support/factories";
import { minuteNow } from "../booking/clinic";
import { actorOfUser } from "./erasure-person";

let actor: UserActor;
vi.mock("@/lib/auth/loaders", () => ({ loadActor: async () => actor }));
vi.mock("next/headers", () => ({
  headers: async () => new Headers({ origin: "http://localhost:3000" }),
  cookies: async () => new Map(),
}));
vi.mock("next/navigation", () => ({
  redirect: () => {
    throw new Error("led on");
  },
}));
afterAll(closeDb);

const now = minuteNow();
const PASSWORD = "a long demo password";

/** Who sits at the desk. */
async function comes(...roles: Role[]): Promise<void> {
  actor = actorOfUser(await makeUser(db(), { now, roles, password: PASSWORD }), roles);
}

/** Sends the form with what it was shown and what was changed in it; `saved` where it leads on. */
async function correct(patientId: string, changes: Record<string, string>): Promise<string> {
  const seen = await findContact(db(), lookUpScope(actor), patientId);
  if (!seen) throw new Error("not there");
  const { version, name, locale, timeZone } = seen;
  const form = new FormData();
  const fields = { patientId, version, name, phone: seen.phone ?? "", locale, timeZone, ownPassword: "" };
  for (const [field, value] of Object.entries({ ...fields, ...changes })) form.set(field, value);
  try {
    const state = await correctContactAction({ status: "idle" }, form);
    return state.status === "refused" ? state.reason : state.status;
  } catch (error) {
    if (error instanceof Error && error.message === "led on") return "saved";
    throw error;
  }
}

const emailOf = async (id: string) => (await db().patient.findUniqueOrThrow({ where: { id } })).email;

it.each(["scheduler", "administrator"] as const)(
  "whoever adds an address shows that it is they, and needs not for the rest: %s",
  async (role) => {
    await comes(role);
    const { id } = await makePatient(db(), { now });
    await db().patient.update({ where: { id }, data: { email: null } });
    const email = `${newId()}@example.org`;
    expect(await correct(id, { email: "", phone: "+49 30 555 0134" })).toBe("saved");
    for (const ownPassword of ["", "another long password"])
      expect(await correct(id, { email, ownPassword })).toBe("wrong_password");
    expect(await emailOf(id)).toBeNull();
    expect(await correct(id, { email, ownPassword: PASSWORD })).toBe("saved");
    expect(await emailOf(id)).toBe(email);
  },
);

it("one that is there no scheduler replaces or takes away, whatever they show, and an administrator who shows it does", async () => {
  const email = `${newId()}@example.org`;
  const { id } = await makePatient(db(), { now, email });
  await comes("scheduler");
  for (const other of ["", "other@example.org"])
    expect(await correct(id, { email: other, ownPassword: PASSWORD })).toBe("not_yours");
  await comes("administrator");
  expect(await correct(id, { email: "other@example.org" })).toBe("wrong_password");
  expect(await emailOf(id)).toBe(email);
  expect(await correct(id, { email: "other@example.org", ownPassword: PASSWORD })).toBe("saved");
});
