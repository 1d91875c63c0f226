import { Temporal } from "temporal-polyfill";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { verifyTrail } from "@/lib/audit/data";
import { recordRefusal, writeTalliedRefusals } from "@/lib/audit/mutations";
import { newId } from "@/lib/core/ids";
import { closeDb, db } from "@/lib/db/client";

const now = Temporal.Instant.from("2026-11-23T09:20:00Z");
const nextHour = now.add({ hours: 1 });

let door: string;
beforeEach(() => {
  door = `test.${newId()}`;
});
afterAll(closeDb);

const somebody = () => ({ kind: "user", pseudonym: newId() }) as const;
const events = async () =>
  (
    await db().auditEvent.findMany({ where: { action: "access.refused" }, orderBy: { sequence: "asc" } })
  ).filter(({ details }) => JSON.stringify(details).includes(door));

describe("a refusal", () => {
  it("of somebody who is known is one event, with the door and where they came from", async () => {
    const actor = somebody();
    await recordRefusal({ actor, door, address: "192.0.2.1" }, now);
    expect(await events()).toMatchObject([
      { outcome: "refused", actorPseudonym: actor.pseudonym, address: "192.0.2.1", details: { door } },
    ]);
  });

  it("of strangers is counted, however many come at once, and stands there after the hour as one event", async () => {
    await Promise.all(
      Array.from({ length: 30 }, () => recordRefusal({ actor: { kind: "anonymous" }, door }, now)),
    );
    await writeTalliedRefusals(now);
    expect(await events()).toEqual([]);
    // Two workers at once write it once.
    await Promise.all([writeTalliedRefusals(nextHour), writeTalliedRefusals(nextHour)]);
    expect((await events()).map(({ actorKind, details }) => [actorKind, details])).toEqual([
      ["anonymous", { door, count: 30, hour: "2026-11-23T09:00:00.000Z" }],
    ]);
  });

  it("does not fill the trail, though one account tries all day", async () => {
    const actor = somebody();
    for (let attempt = 0; attempt < 65; attempt += 1) await recordRefusal({ actor, door }, now);
    expect(await events()).toHaveLength(60);
    await writeTalliedRefusals(nextHour);
    expect((await events()).at(-1)?.details).toMatchObject({ count: 5 });
  });

  it("leaves the trail whole", async () => {
    await recordRefusal({ actor: somebody(), door }, now);
    expect((await verifyTrail(db(), undefined, now)).findings).toEqual([]);
  });
});
