import { execFile } from "node:child_process";
import pg from "pg";
import type { Temporal } from "temporal-polyfill";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { auditKey } from "@/lib/audit/constants";
import { unsafeBeginningsQuery, verifyTrail } from "@/lib/audit/data";
import { cutTrail, recordAudit, sealChains } from "@/lib/audit/mutations";
import { CHAINS, chainOf } from "@/lib/audit/rules/hash";
import type { AuditAction } from "@/lib/audit/types";
import { systemNow } from "@/lib/core/clock";
import { newId } from "@/lib/core/ids";
import { ok } from "@/lib/core/result";
import { db } from "@/lib/db/client";
import { transaction } from "@/lib/db/transaction";
import { typescript } from "@/lib/launcher/install/prepared.mjs";
import { unsafeCountDue } from "@/lib/retention/data/due";
import { readRetention } from "@/lib/retention/data/settings";
import { cutoffOf } from "@/lib/retention/rules";
import { toDate } from "@/lib/time/instant";
import { removeBefore } from "@/prisma/tools/trail";

/** The clock of the command and of the database, which no test sets; to the millisecond, as columns have it. */
const now = systemNow().round("millisecond");
/** Where what concerns nobody stands, such as what is said about beginnings. */
const CUTS = chainOf(undefined, auditKey());

/** Somebody whose chain is none of these. */
function subjectBeside(...chains: readonly number[]): string {
  const subject = newId();
  return chains.includes(chainOf(subject, auditKey())) ? subjectBeside(...chains) : subject;
}
const SUBJECT = subjectBeside(CUTS);
const CHAIN = chainOf(SUBJECT, auditKey());
const OTHER = subjectBeside(CUTS, CHAIN);

const owner = new pg.Client({ connectionString: process.env.DATABASE_OWNER_URL });
beforeAll(() => owner.connect());
afterAll(() => owner.end());
afterEach(() =>
  owner.query(`TRUNCATE audit_event, audit_seal, audit_sealed_chain;
    UPDATE audit_chain SET sequence = 0, hash = '\\x'`),
);

const yearsAgo = (years: number) => now.toZonedDateTimeISO("UTC").subtract({ years }).toInstant();

async function record(action: AuditAction, at: Temporal.Instant, subject: string | undefined): Promise<void> {
  await transaction(async (tx) => {
    await recordAudit(
      tx,
      { ...action, actor: { kind: "system" }, outcome: "success", subject, entity: undefined },
      at,
    );
    return ok();
  });
}
const write = (at: Temporal.Instant, subject: string) =>
  record({ action: "appointment.read", details: { as: "patient" } }, at, subject);

/** One person's chain: three events sealed and two not when they were over, two that are not over; and one of somebody else. */
async function writeHistory(): Promise<void> {
  for (let event = 0; event < 3; event += 1) await write(yearsAgo(12), SUBJECT);
  await sealChains(yearsAgo(12));
  for (let event = 0; event < 2; event += 1) await write(yearsAgo(11), SUBJECT);
  for (const subject of [SUBJECT, SUBJECT, OTHER]) await write(yearsAgo(4), subject);
  await sealChains(yearsAgo(4));
}

const cutoff = async () => cutoffOf("trail", now, await readRetention(db()));
async function cut(until?: Temporal.Instant) {
  const said = await cutTrail(until ?? (await cutoff()), now);
  if (!said.ok) throw new Error("not cut");
  return said.value;
}
/** What is over, said and removed. */
const shorten = async () => removeBefore(owner, await cut(), await cutoff());
const findings = async () => (await verifyTrail(db(), undefined, now)).findings;
const sequences = async () =>
  (
    await db().auditEvent.findMany({ where: { subjectPseudonym: SUBJECT }, orderBy: { sequence: "asc" } })
  ).map(({ sequence }) => Number(sequence));

/** That nothing is left of any chain, as somebody can write it who has `DATABASE_URL` and not the key. */
const forgeCut = () =>
  db().auditEvent.create({
    data: {
      id: newId(),
      chain: CUTS,
      sequence: 1_000_000n,
      occurredAt: toDate(now),
      action: "audit.cut",
      outcome: "success",
      actorKind: "system",
      details: { begins: Array.from({ length: CHAINS }, (_, chain) => `${chain}:900000`) },
      previousHash: new Uint8Array(32),
      hash: new Uint8Array(32),
    },
  });

/** The same by somebody who has the key as well: a true event, and where seals are. */
const writeCut = (begins: readonly string[]) =>
  record({ action: "audit.cut", details: { begins } }, now, undefined);

/** The command, as the launcher starts it. */
const retention = (...args: string[]): Promise<{ code: number | string; out: string }> =>
  new Promise((resolve) => {
    execFile(process.execPath, typescript("prisma/retention.ts", ...args), (error, out) =>
      resolve({ code: error?.code ?? 0, out }),
    );
  });

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
    await writeHistory();
    const due = await unsafeCountDue(db(), await readRetention(db()), now);
    expect(due.at(-1)).toEqual({ kind: "trail", rows: 3, oldest: yearsAgo(12) });
    const beginnings = await cut();
    expect([...beginnings]).toEqual([[CHAIN, 4n]]);
    // Said and not done: whole as well.
    expect(await findings()).toEqual([]);
    expect(await removeBefore(owner, beginnings, await cutoff())).toBe(3);
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
    await writeHistory();
    await shorten();
    await cut();
    expect(await db().auditEvent.count({ where: { action: "audit.cut" } })).toBe(1);
    const later = await cut(yearsAgo(3));
    expect(later.get(CHAIN)).toBe(8n);
    expect(later.size).toBe(2);
    await removeBefore(owner, later, yearsAgo(3));
    expect(await findings()).toEqual([]);
    await write(now, SUBJECT);
    await sealChains(now);
    expect(await findings()).toEqual([]);
    expect(await sequences()).toEqual([8]);
  });

  it("shows it when its owner takes more than was said", async () => {
    await writeHistory();
    await shorten();
    await owner.query("DELETE FROM audit_event WHERE chain = $1 AND sequence = 4", [CHAIN]);
    expect(await findings()).toEqual([{ kind: "gap", chain: CHAIN, sequence: "4" }]);
  });

  it("shows it when a beginning is gone of which nothing was said", async () => {
    await writeHistory();
    await owner.query("DELETE FROM audit_event WHERE chain = $1 AND sequence <= 3", [CHAIN]);
    expect(await findings()).toEqual([{ kind: "gap", chain: CHAIN, sequence: "1" }]);
  });

  it("shows it when somebody else says where it begins", async () => {
    await writeHistory();
    await shorten();
    await owner.query("DELETE FROM audit_event WHERE chain = $1 AND sequence < 6", [CHAIN]);
    await owner.query("UPDATE audit_event SET details = $1 WHERE action = 'audit.cut'", [
      JSON.stringify({ begins: [`${CHAIN}:6`] }),
    ]);
    const kinds = (await findings()).map(({ kind }) => kind);
    expect(kinds).toContain("changed");
    expect(kinds).toContain("gap");
  });

  it("goes by a command, and what a dry run says goes and nothing else", async () => {
    await writeHistory();
    const dry = await retention("--dry-run");
    expect(dry).toMatchObject({ code: 0 });
    expect(dry.out).toContain("trail: kept for 10 years; 3 rows are over");
    expect(await sequences()).toEqual([1, 2, 3, 4, 5, 6, 7]);
    const done = await retention();
    expect(done).toMatchObject({ code: 0 });
    expect(done.out).toContain("3 rows were removed.");
    expect(await sequences()).toEqual([4, 5, 6, 7]);
  }, 120_000);

  it("loses nothing by the command where somebody without the key says that all of it may go", async () => {
    await writeHistory();
    await forgeCut();
    for (const args of [[], ["--dry-run"]]) {
      const { code, out } = await retention(...args);
      expect(await sequences()).toEqual([1, 2, 3, 4, 5, 6, 7]);
      expect(code).toBe(1);
      expect(out).toContain("nothing is removed from it. See where: npm run audit:verify");
    }
  }, 120_000);

  it("does not repeat what somebody without the key has said", async () => {
    await writeHistory();
    await forgeCut();
    expect([...(await cut())]).toEqual([[CHAIN, 4n]]);
    const said = await db().auditEvent.findFirstOrThrow({ where: { chain: CUTS, sequence: 1n } });
    expect(said.details).toEqual({ begins: [`${CHAIN}:4`] });
  });

  it("shows it when the portal itself says that young events may go, and loses nothing by the command", async () => {
    await writeHistory();
    await write(yearsAgo(1), SUBJECT);
    await sealChains(yearsAgo(1));
    await writeCut([`${CHAIN}:9`]);
    await sealChains(now);
    const unfounded = { kind: "unfounded", chain: CUTS, sequence: "1" };
    expect(await findings()).toEqual([unfounded]);
    expect((await retention()).code).toBe(1);
    expect(await sequences()).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    // Also once the owner has removed them, and whatever is said later.
    await owner.query("DELETE FROM audit_event WHERE chain = $1 AND sequence < 9", [CHAIN]);
    await writeCut([`${CHAIN}:9`]);
    expect(await findings()).toEqual([unfounded]);
  }, 120_000);

  it("shows it when the portal itself says that events may go which no seal has", async () => {
    await writeHistory();
    await writeCut([`${CHAIN}:3`]);
    expect(await findings()).toEqual([{ kind: "unfounded", chain: CUTS, sequence: "1" }]);
  });

  it("loses to its owner nothing that is younger than the cutoff, or than three years, whatever was said", async () => {
    await writeHistory();
    await write(yearsAgo(1), SUBJECT);
    const all = new Map([[CHAIN, 900_000n]]);
    expect(await removeBefore(owner, all, await cutoff())).toBe(5);
    expect(await sequences()).toEqual([6, 7, 8]);
    expect(await removeBefore(owner, all, now)).toBe(2);
    expect(await sequences()).toEqual([8]);
  });
});
