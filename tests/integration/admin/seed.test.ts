import { Temporal } from "temporal-polyfill";
import { afterAll, afterEach, beforeEach, describe, expect, it } from "vitest";
import { offerRefusal } from "@/lib/availability/data/offer";
import { findNextFree } from "@/lib/availability/data/slots";
import { peakSeats } from "@/lib/availability/rules/seats";
import { env } from "@/lib/core/env";
import { closeDb, db } from "@/lib/db/client";
import { listPractitioners, listSpecialties, listVisitTypes } from "@/lib/directory/data";
import { unseal } from "@/lib/security/seal";
import { seedDemonstration } from "@/prisma/seed/seed";
import { emptyClinic } from "@/tests/support/empty";
import { makeUser } from "@/tests/support/factories";
import { fixedId } from "@/tests/support/fixed-id";

const now = Temporal.Instant.from("2026-11-23T08:07:00Z");

describe("the seed", () => {
  const mode = env().PORTAL_MODE;
  beforeEach(async () => {
    await emptyClinic();
    env().PORTAL_MODE = "demonstration";
  });
  afterEach(() => {
    env().PORTAL_MODE = mode;
  });
  afterAll(async () => {
    await emptyClinic();
    await closeDb();
  });

  it("makes a believable clinic in which a visit can be booked for now", async () => {
    expect(await seedDemonstration(now)).toEqual({ ok: true, value: "seeded" });
    const practitioners = await listPractitioners(db());
    expect(practitioners).toHaveLength(12);
    expect(new Set(practitioners.map(({ timeZone }) => timeZone)).size).toBe(4);
    expect(await listSpecialties(db())).toHaveLength(6);
    expect(await listVisitTypes(db())).toHaveLength(3);
    expect((await findNextFree(db(), { practitionerIds: practitioners.map(({ id }) => id), now })).size).toBe(
      12,
    );
    expect(
      await offerRefusal(db(), {
        practitionerId: fixedId("practitioner:01"),
        visitTypeId: fixedId("visit-type:quick-call"),
        startAt: Temporal.Instant.from("2026-11-23T08:10:00Z"),
        now,
      }),
    ).toBeUndefined();

    expect(await db().message.count()).toBe(3);
    const talks = await db().conversation.findMany({ include: { patient: true } });
    for (const { patientId, practitionerId } of talks)
      expect(await db().appointment.count({ where: { patientId, practitionerId } })).toBeGreaterThan(0);

    const statuses = await db().appointment.groupBy({ by: ["status"], _count: true });
    expect(statuses.map(({ status }) => status).sort()).toEqual([
      "booked",
      "cancelled",
      "fulfilled",
      "noshow",
    ]);
    const ofDemoPatient = await db().appointment.findMany({
      where: { patient: { user: { email: "patient@example.org" } } },
    });
    expect(ofDemoPatient.some(({ startAt }) => startAt.getTime() > now.epochMilliseconds)).toBe(true);
    expect(ofDemoPatient.some(({ status }) => status === "fulfilled")).toBe(true);
    const sealed = await db().appointment.findFirstOrThrow({ where: { reasonSealed: { not: null } } });
    expect(
      unseal(
        { keyId: sealed.reasonKeyId ?? "", sealed: sealed.reasonSealed ?? new Uint8Array() },
        `appointment.reason:${sealed.id}`,
      ),
    ).toMatch(/^(Invented|Вымышлено): /);
  });

  it("never needs more guest seats than the demonstration has", async () => {
    await seedDemonstration(now);
    const slots = await db().slot.findMany();
    const claims = slots.map(({ visitStartAt, visitEndAt, seats }) => ({
      start: visitStartAt.getTime(),
      end: visitEndAt.getTime(),
      seats,
    }));
    expect(peakSeats(claims, { start: 0, end: Number.MAX_SAFE_INTEGER })).toBeLessThanOrEqual(20);
  });

  it("run twice changes nothing, also at once", async () => {
    await Promise.all([seedDemonstration(now), seedDemonstration(now)]);
    const before = [
      await db().user.findMany(),
      await db().appointment.findMany(),
      await db().slot.findMany(),
    ];
    expect(await seedDemonstration(now.add({ hours: 24 * 30 }))).toEqual({
      ok: true,
      value: "already_seeded",
    });
    expect([
      await db().user.findMany(),
      await db().appointment.findMany(),
      await db().slot.findMany(),
    ]).toEqual(before);
  });

  it("stays out of production and out of a database in use", async () => {
    env().PORTAL_MODE = "production";
    expect(await seedDemonstration(now)).toEqual({ ok: false, reason: "not_demonstration" });
    env().PORTAL_MODE = "demonstration";
    await makeUser(db(), { now });
    expect(await seedDemonstration(now)).toEqual({ ok: false, reason: "not_empty" });
    expect(await db().user.count()).toBe(1);
  });
});
