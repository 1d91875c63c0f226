import { describe, expect, it } from "vitest";
import { CHAINS, chainOf, type Hashed, hashEvent } from "./hash";

const key = new Uint8Array(32).fill(7);
const event: Hashed = {
  id: "0199aaaa-0000-7000-8000-000000000001",
  chain: 3,
  sequence: 1n,
  occurredAt: new Date("2026-11-23T09:00:00Z"),
  action: "session.started",
  outcome: "success",
  actorKind: "user",
  actorPseudonym: null,
  subjectPseudonym: null,
  entityType: null,
  entityId: null,
  address: null,
  details: { b: 1, a: ["x"] },
};
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");

describe("the trail's hashes", () => {
  it("do not depend on the order in which the database returns keys", () => {
    const shuffled = { ...event, details: { a: ["x"], b: 1 } };
    expect(hex(hashEvent(shuffled, new Uint8Array(), key))).toBe(
      hex(hashEvent(event, new Uint8Array(), key)),
    );
  });

  it("change with every field, with the predecessor and with the key", () => {
    const seen = new Set([hex(hashEvent(event, new Uint8Array(), key))]);
    const changes: Partial<Hashed>[] = [
      { id: "0199aaaa-0000-7000-8000-000000000002" },
      { chain: 4 },
      { sequence: 2n },
      { occurredAt: new Date("2026-11-23T09:00:00.001Z") },
      { action: "session.ended" },
      { outcome: "refused" },
      { actorKind: "system" },
      { actorPseudonym: "x" },
      { subjectPseudonym: "x" },
      { entityType: "user" },
      { entityId: "x" },
      { address: "x" },
      { details: {} },
    ];
    for (const change of changes) seen.add(hex(hashEvent({ ...event, ...change }, new Uint8Array(), key)));
    seen.add(hex(hashEvent(event, new Uint8Array([1]), key)));
    seen.add(hex(hashEvent(event, new Uint8Array(), new Uint8Array(32).fill(8))));
    expect(seen.size).toBe(changes.length + 3);
  });

  it("spread subjects over the chains", () => {
    const chains = new Set(Array.from({ length: 2_000 }, (_, n) => chainOf(`subject-${n}`, key)));
    expect(chains.size).toBe(CHAINS);
    expect(chainOf("subject-1", key)).toBe(chainOf("subject-1", key));
  });
});
