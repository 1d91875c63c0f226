import pg from "pg";
import { Temporal } from "temporal-polyfill";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { unsafeBeginningsQuery, verifyTrail } from "@/lib/audit/data";
import { cutTrail, recordAudit, sealChains } from "@/lib/audit/mutations";
import { newId } from "@/lib/core/ids";
import { ok } from "@/lib/core/result";
import { db } from "@/lib/db/client";
import { transaction } from "@/lib/db/transaction";
import { unsafeCountDue } from "@/lib/retention/data/due";
import { readRetention } from "@/lib/retention/data/settings";
import { cutoffOf } from "@/lib/retention/rules";
import { toDate } from "@/lib/time/instant";
import { removeBefore } from "@/prisma/tools/trail";

const now = Temporal.Instant.from("2026-11-24T02:00:00Z");
const SUBJECT = newId();
const owner = new pg.Client({ connectionString: process.env.DATABASE_OWNER_URL });
beforeAll(() => owner.connect());
afterAll(() => owner.end());
afterEach(() =>
  owner.query(`TRUNCATE audit_event, audit_seal, audit_sealed_chain;
    UPDATE audit_chain SET sequence = 0, hash = '\\x'`),
);

const yearsAgo = (years: number) => now.toZonedDateTimeISO("UTC").subtract({ years }).toInstant();

async function write(at: Temporal.Instant, subject: string): Promise<void> {
  await transaction(async (tx) => {
    await recordAudit(
      tx,
      {
        action: "appointment.read",
        details: { as: "patient" },
        actor: { kind: "system" },
        outcome: "success",
        subject,
        entity: undefined,
      },
      at,
    );
    return ok();
  });
}

/** One person's chain: three events sealed and two not when they were over, two that are young; and one of somebody else. */
async function writeHistory(): Promise<number> {
  for (let event = 0; event < 3; event += 1) await write(yearsAgo(12), SUBJECT);
  await sealChains(yearsAgo(12));
  for (let event = 0; event < 2; event += 1) await write(yearsAgo(11), SUBJECT);
  for (const subject of [SUBJECT, SUBJECT, newId()]) await write(yearsAgo(1), subject);
  await sealChains(yearsAgo(1));
  const first = await db().auditEvent.findFirstOrThrow({ where: { subjectPseudonym: SUBJECT } });
  return first.chain;
}

const cutoff = async () => cutoffOf("trail", now, await readRetention(db()));
async function cut() {
  const said = await cutTrail(await cutoff(), now);
  if (!said.ok) throw new Error("not cut");
  return said.value;
}
const findings = async () => (await verifyTrail(db(), undefined, now)).findings;
const sequences = async () =>
  (
    await db().auditEvent.findMany({ where: { subjectPseudonym: SUBJECT }, orderBy: { sequence: "asc" } })
  ).map(({ sequence }) => Number(sequence));

type PlanNode = {
  Plan?: PlanNode;
  Plans?: PlanNode[];
  "Relation Name"?: string;
  "Actual Rows": number;
  "Rows Removed by Filter"?: number;
};

/** Every reading of a table in a plan. */
const scansOf = (node: PlanNode): PlanNode[] => [
  ...(node["Relation Name"] ? [node] : []),
  ...(node.Plans ?? []).flatMap(scansOf),
];

describe("the trail", () => {
  it("begins later once whole sealed pieces of it were kept long enough, and says where", async () => {
    const chain = await writeHistory();
    const due = await unsafeCountDue(db(), await readRetention(db()), now);
    expect(due.at(-1)).toEqual({ kind: "trail", rows: 3, oldest: yearsAgo(12) });
    const beginnings = await cut();
    expect([...beginnings]).toEqual([[chain, 4n]]);
    // Said and not done: whole as well.
    expect(await findings()).toEqual([]);
    expect(await removeBefore(owner, beginnings)).toBe(3);
    expect(await sequences()).toEqual([4, 5, 6, 7]);
    expect(await verifyTrail(db(), undefined, now)).toMatchObject({ events: 6, beginnings, findings: [] });
  });

  it("is not read through where nothing of it is over", async () => {
    const young = Array.from({ length: 5 }, () => newId());
    for (const subject of young) await write(yearsAgo(1), subject);
    await sealChains(yearsAgo(1));
    const plan = await db().$transaction(async (tx) => {
      // So few rows are read whole by themselves.
      await tx.$executeRaw`SET LOCAL enable_seqscan = off`;
      return tx.$queryRaw<Record<"QUERY PLAN", PlanNode[]>[]>`
        EXPLAIN (ANALYZE, FORMAT JSON) ${unsafeBeginningsQuery(toDate(await cutoff()))}`;
    });
    const scans = plan.flatMap((row) => row["QUERY PLAN"].flatMap(({ Plan }) => (Plan ? scansOf(Plan) : [])));
    expect(scans.length).toBeGreaterThan(1);
    for (const scan of scans) expect(scan["Actual Rows"] + (scan["Rows Removed by Filter"] ?? 0)).toBe(0);
  });

  it("keeps what was written after an event whose clock was wrong", async () => {
    await write(yearsAgo(12), SUBJECT);
    await sealChains(yearsAgo(12));
    await write(yearsAgo(1), SUBJECT);
    await write(yearsAgo(11), SUBJECT);
    await sealChains(yearsAgo(11));
    expect([...(await cut()).values()]).toEqual([2n]);
  });

  it("says it once, and goes on where it was cut before", async () => {
    const chain = await writeHistory();
    await removeBefore(owner, await cut());
    await cut();
    expect(await db().auditEvent.count({ where: { action: "audit.cut" } })).toBe(1);
    const later = await cutTrail(now, now);
    if (!later.ok) throw new Error("not cut");
    expect(later.value.get(chain)).toBe(8n);
    expect(later.value.size).toBe(2);
    await removeBefore(owner, later.value);
    expect(await findings()).toEqual([]);
    await write(now, SUBJECT);
    await sealChains(now);
    expect(await findings()).toEqual([]);
    expect(await sequences()).toEqual([8]);
  });

  it("shows it when its owner takes more than was said", async () => {
    const chain = await writeHistory();
    await removeBefore(owner, await cut());
    await owner.query("DELETE FROM audit_event WHERE chain = $1 AND sequence = 4", [chain]);
    expect(await findings()).toEqual([{ kind: "gap", chain, sequence: "4" }]);
  });

  it("shows it when a beginning is gone of which nothing was said", async () => {
    const chain = await writeHistory();
    await owner.query("DELETE FROM audit_event WHERE chain = $1 AND sequence <= 3", [chain]);
    expect(await findings()).toEqual([{ kind: "gap", chain, sequence: "1" }]);
  });

  it("shows it when somebody else says where it begins", async () => {
    const chain = await writeHistory();
    await removeBefore(owner, await cut());
    await owner.query("DELETE FROM audit_event WHERE chain = $1 AND sequence < 6", [chain]);
    await owner.query("UPDATE audit_event SET details = $1 WHERE action = 'audit.cut'", [
      JSON.stringify({ begins: [`${chain}:6`] }),
    ]);
    const kinds = (await findings()).map(({ kind }) => kind);
    expect(kinds).toContain("changed");
    expect(kinds).toContain("gap");
  });
});
