import { Temporal } from "temporal-polyfill";
import { describe, expect, it } from "vitest";
import { newId } from "@/lib/core/ids";
import { db } from "@/lib/db/client";
import { KEPT, SWEPT } from "@/lib/retention/constants";
import { readRetention } from "@/lib/retention/data/settings";
import { saveRetention } from "@/lib/retention/mutations/settings";

const now = Temporal.Instant.from("2026-11-23T09:00:00Z");

describe("the periods", () => {
  it("are the standard until the clinic decides, and what it changed stands in the trail", async () => {
    const standard = await readRetention(db());
    expect(standard).toMatchObject({ records: 25, mails: 180, trail: 10 });
    const actor = { kind: "user", pseudonym: newId() } as const;
    await saveRetention({ ...standard, records: 10 }, actor, now);
    await saveRetention({ ...standard, records: 10 }, actor, now);
    expect(await readRetention(db())).toEqual({ ...standard, records: 10 });
    const events = await db().auditEvent.findMany({ where: { action: "settings.changed" } });
    expect(events.map(({ actorPseudonym, details }) => [actorPseudonym, details])).toEqual([
      [actor.pseudonym, { keys: ["retention.records"] }],
    ]);
  });
});

describe("the tables", () => {
  it("are emptied when a period is over, or kept for a reason", async () => {
    const tables = await db().$queryRaw<{ name: string }[]>`
      SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public'`;
    const named = [...Object.keys(SWEPT), ...Object.keys(KEPT)];
    expect(named.toSorted()).toEqual(tables.map(({ name }) => name).toSorted());
  });
});
