import { Temporal } from "temporal-polyfill";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { updatePractitioner } from "@/lib/admin/mutations/clinic";
import { newId } from "@/lib/core/ids";
import { ok } from "@/lib/core/result";
import { closeDb, db } from "@/lib/db/client";
import { transaction } from "@/lib/db/transaction";
import { findPractitioner, listPractitioners, listSpecialties } from "@/lib/directory/data";
import {
  createPatientForBooking,
  createPractitioner,
  createVisitType,
  resendInvitation,
  updateVisitType,
} from "@/lib/directory/mutations";
import { emptyClinic } from "@/tests/support/empty";
import { makeUser, makeVisitType } from "@/tests/support/factories";

const now = Temporal.Instant.from("2026-11-23T08:00:00Z");
const actor = { kind: "user" as const, pseudonym: newId() };

const person = (visitTypeIds: string[], email = "new-practitioner@example.org") => ({
  displayName: "Dr Nova Example",
  email,
  locale: "en" as const,
  specialtyCode: "cardiology",
  timeZone: "Europe/Berlin",
  languages: ["en", "de"],
  visitTypeIds,
  introductions: { en: "Invented.", ru: "" },
});

const events = (action: string) =>
  db().auditEvent.count({ where: { action, actorPseudonym: actor.pseudonym } });

describe("the directory", () => {
  beforeEach(emptyClinic);
  afterAll(closeDb);

  it("adds a practitioner with an invitation in the outbox, and shows them at once", async () => {
    const { id } = await makeVisitType(db(), { now });
    const made = await createPractitioner(person([id]), actor, now);
    expect(made.ok).toBe(true);
    if (!made.ok) return;

    const [found] = await listPractitioners(db(), {
      specialtyCode: "cardiology",
      language: "de",
      visitTypeId: id,
    });
    expect(found).toMatchObject({
      id: made.value.practitionerId,
      displayName: "Dr Nova Example",
      visitTypeIds: [id],
    });
    expect(found?.specialty.names).toEqual({ en: "Cardiology", ru: "Кардиология" });
    expect((await listSpecialties(db())).map(({ code }) => code)).toEqual(["cardiology"]);

    const user = await db().user.findUniqueOrThrow({ where: { email: "new-practitioner@example.org" } });
    expect(user).toMatchObject({ passwordHash: null, roles: ["practitioner"] });
    expect(await db().notification.findMany()).toMatchObject([
      { kind: "invitation", userId: user.id, status: "queued" },
    ]);
    expect(await events("practitioner.created")).toBe(1);
  });

  it("never touches an account that has the address already, and writes nothing", async () => {
    const existing = await makeUser(db(), { email: "new-practitioner@example.org", roles: ["patient"], now });
    expect(await createPractitioner(person([]), actor, now)).toEqual({ ok: false, reason: "email_in_use" });
    expect(await db().user.findMany()).toEqual([existing]);
    expect(await db().practitioner.count()).toBe(0);
    expect(await db().notification.count()).toBe(0);
  });

  it("lets one of twenty additions of one address win", async () => {
    const results = await Promise.all(
      Array.from({ length: 20 }, () => createPractitioner(person([]), actor, now)),
    );
    expect(results.filter(({ ok: won }) => won)).toHaveLength(1);
    expect(results.filter((result) => !result.ok && result.reason === "email_in_use")).toHaveLength(19);
    expect(await db().practitioner.count()).toBe(1);
  });

  it("refuses visit types that are not there", async () => {
    expect(await createPractitioner(person([newId()]), actor, now)).toEqual({
      ok: false,
      reason: "unknown_visit_type",
    });
    expect(await db().user.count()).toBe(0);
  });

  it("changes details and visit types, and hides who is not active", async () => {
    const [first, second] = [await makeVisitType(db(), { now }), await makeVisitType(db(), { now })];
    const made = await createPractitioner(person([first.id]), actor, now);
    if (!made.ok) throw new Error(made.reason);
    const { practitionerId } = made.value;
    const { email: _email, locale: _locale, ...details } = person([second.id]);

    const change = {
      ...details,
      practitionerId,
      specialtyCode: "neurology",
      active: true,
      displayName: "Dr N. Example",
    };
    expect(await updatePractitioner(change, actor, now)).toEqual({ ok: true, value: undefined });
    expect(await findPractitioner(db(), practitionerId)).toMatchObject({
      displayName: "Dr N. Example",
      specialty: { code: "neurology" },
      visitTypeIds: [second.id],
    });

    await updatePractitioner({ ...change, active: false }, actor, now);
    expect(await findPractitioner(db(), practitionerId)).toBeUndefined();
    expect(await listPractitioners(db())).toEqual([]);
    expect(await listSpecialties(db())).toEqual([]);
  });

  it("says so when what is to be changed is not there", async () => {
    const { email: _email, locale: _locale, ...details } = person([]);
    expect(
      await updatePractitioner({ ...details, practitionerId: newId(), active: true }, actor, now),
    ).toEqual({
      ok: false,
      reason: "not_found",
    });
    expect(await resendInvitation({ practitionerId: newId() }, actor, now)).toEqual({
      ok: false,
      reason: "not_found",
    });
  });

  it("invites again until a password is set", async () => {
    const made = await createPractitioner(person([]), actor, now);
    if (!made.ok) throw new Error(made.reason);
    expect((await resendInvitation(made.value, actor, now)).ok).toBe(true);
    expect(await db().notification.count({ where: { kind: "invitation" } })).toBe(2);

    await db().user.updateMany({ data: { passwordHash: "set" } });
    expect(await resendInvitation(made.value, actor, now)).toEqual({ ok: false, reason: "already_accepted" });
  });

  it("keeps visit types", async () => {
    const limits = {
      durationMinutes: 20,
      intervalMinutes: 20,
      bufferBeforeMinutes: 0,
      bufferAfterMinutes: 10,
      minNoticeMinutes: 60,
      horizonDays: 30,
      maxPerDay: null,
      changeNoticeMinutes: 0,
      reminderMinutes: [1440, 60],
    };
    const made = await createVisitType({ names: { en: "Check", ru: "Осмотр" }, ...limits }, actor, now);
    if (!made.ok) throw new Error("refused");
    const { visitTypeId } = made.value;
    await updateVisitType(
      {
        visitTypeId,
        names: { en: "Check", ru: "Осмотр" },
        ...limits,
        horizonDays: 31,
        active: true,
        offeredNow: true,
      },
      actor,
      now,
    );
    const event = await db().auditEvent.findFirst({
      where: { action: "visit_type.changed", entityId: visitTypeId },
    });
    expect(event?.details).toEqual({ fields: ["horizonDays", "offeredNow"] });
  });

  it("makes a patient of their own for each booking without a session", async () => {
    const contact = {
      name: "Paula Beispiel",
      email: "paula@example.org",
      locale: "en",
      timeZone: "Europe/Berlin",
      now,
    };
    const book = () => transaction(async (tx) => ok(await createPatientForBooking(tx, contact)));
    const [first, second] = [await book(), await book()];
    if (!first.ok || !second.ok) throw new Error("refused");
    expect(first.value.id).not.toBe(second.value.id);
    expect(first.value.pseudonym).not.toBe(second.value.pseudonym);
    expect(first.value).toMatchObject({ userId: null, emailVerifiedAt: null, phone: null });
  });

  it("finds nobody by what is no id", async () => {
    expect(await findPractitioner(db(), "'; DROP TABLE practitioner; --")).toBeUndefined();
    expect(await listPractitioners(db(), { visitTypeId: "no id" })).toEqual([]);
  });
});
