import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { Temporal } from "temporal-polyfill";
import { afterAll, afterEach, beforeEach, describe, expect, it } from "vitest";
import { verifyTrail } from "@/lib/audit/data";
import { readSealLines, sealAudit } from "@/lib/audit/jobs";
import { recordAudit, sealChains } from "@/lib/audit/mutations";
import { systemNow } from "@/lib/core/clock";
import { env } from "@/lib/core/env";
import { newId } from "@/lib/core/ids";
import { ok } from "@/lib/core/result";
import { closeDb, db } from "@/lib/db/client";
import { transaction } from "@/lib/db/transaction";
import { typescript } from "@/lib/launcher/install/prepared.mjs";

const now = Temporal.Instant.from("2026-11-23T09:00:00Z");
const EMPTY_CHAINS = "UPDATE audit_chain SET sequence = 0, hash = '\\x'";

/** What somebody can do who has the owner's password and not the portal's key. */
async function asOwner(...statements: string[]) {
  const client = new pg.Client({ connectionString: process.env.DATABASE_OWNER_URL });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}

const write = (subject: string, at = now) =>
  transaction(async (tx) => {
    await recordAudit(
      tx,
      {
        action: "appointment.read",
        details: { as: "patient" },
        actor: { kind: "user", pseudonym: newId() },
        outcome: "success",
        subject,
        entity: undefined,
      },
      at,
    );
    return ok();
  });

/** Nine events in one chain, sealed after the third, the sixth and the ninth. */
async function writeHistory(): Promise<number> {
  const subject = newId();
  for (let event = 1; event <= 9; event += 1) {
    await write(subject);
    if (event % 3 === 0) await sealAudit({});
  }
  const [first] = await db().auditEvent.findMany({ take: 1 });
  return first?.chain ?? 0;
}

const subjectOf = async (chain: number): Promise<string> =>
  (await db().auditEvent.findFirstOrThrow({ where: { chain } })).subjectPseudonym ?? "";

/** The command, as the launcher starts it. */
const verify = (...args: string[]): Promise<{ code: number | string; out: string }> =>
  new Promise((resolve) => {
    execFile(process.execPath, typescript("prisma/verify-audit.ts", ...args), (error, out) =>
      resolve({ code: error?.code ?? 0, out }),
    );
  });

describe("the audit trail", () => {
  let directory: string;
  let file: string;
  const report = async () => verifyTrail(db(), readSealLines(file), systemNow());
  const findings = async () => (await report()).findings;
  const sequencesInFile = async () => {
    const found: string[] = [];
    for await (const { sequence } of readSealLines(file)) found.push(sequence);
    return found;
  };

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), "seals-"));
    file = join(directory, "deep", "seals.jsonl");
    env().AUDIT_SEAL_FILE = file;
  });
  afterEach(async () => {
    await asOwner("TRUNCATE audit_event, audit_seal, audit_sealed_chain", EMPTY_CHAINS);
    await rm(directory, { recursive: true });
  });
  afterAll(closeDb);

  it("is whole however many write at once, and is sealed meanwhile", async () => {
    const subjects = Array.from({ length: 40 }, newId);
    // As many as there are connections: more would wait for those, and not for each other.
    const writing = Promise.all(
      Array.from({ length: 8 }, async (_, writer) => {
        for (let n = 0; n < 25; n += 1) await write(subjects[(n * 8 + writer) % 40] ?? newId());
      }),
    );
    await Promise.all([sealChains(now), sealChains(now), sealAudit({})]);
    await writing;
    await sealAudit({});
    const found = await report();
    expect(found).toMatchObject({ events: 200, findings: [] });
    expect(found.sealLines).toBe(found.seals);
  });

  it("is whole where the clock went back, and once more forward, between two events and two seals", async () => {
    const subject = newId();
    for (const hours of [24, -48, 0]) {
      await write(subject, now.add({ hours }));
      await sealChains(now.add({ hours }));
    }
    await sealAudit({});
    expect(await report()).toMatchObject({ findings: [] });
    const events = await db().auditEvent.findMany({
      where: { subjectPseudonym: subject },
      orderBy: { sequence: "asc" },
    });
    expect(events.map(({ occurredAt }) => occurredAt.toISOString().slice(0, 10))).toEqual([
      "2026-11-24",
      "2026-11-21",
      "2026-11-23",
    ]);
  });

  it("is sealed only when something was written", async () => {
    await writeHistory();
    expect(await sealChains(now)).toEqual({ ok: true, value: false });
    expect(await report()).toEqual({
      events: 9,
      seals: 3,
      sealLines: 3,
      beginnings: new Map(),
      findings: [],
    });
  });

  it("is followed with a key of its own, which the first secret of the portal may become before it is changed", async () => {
    const { AUTH_SECRET } = env();
    try {
      await writeHistory();
      env().AUDIT_KEY = AUTH_SECRET;
      expect(await findings()).toEqual([]);
      env().AUTH_SECRET = "another-secret-of-these-tests-and-of-nobody";
      await writeHistory();
      expect(await report()).toMatchObject({ events: 18, seals: 6, sealLines: 6, findings: [] });
      env().AUDIT_KEY = undefined;
      expect(await findings()).not.toEqual([]);
    } finally {
      Object.assign(env(), { AUTH_SECRET, AUDIT_KEY: undefined });
    }
  });

  it("cannot be changed by the portal's own role, nor can its seals", async () => {
    await writeHistory();
    // PostgreSQL only warns: there is nothing that this role could grant.
    await db().$executeRawUnsafe("GRANT UPDATE, DELETE ON audit_event, audit_seal TO CURRENT_USER");
    for (const statement of [
      "UPDATE audit_event SET action = 'else'",
      "UPDATE audit_seal SET root = '\\x00'",
      "DELETE FROM audit_seal",
      "TRUNCATE audit_seal",
      "DELETE FROM audit_event",
    ]) {
      await expect(db().$executeRawUnsafe(statement)).rejects.toThrow(/permission denied/);
    }
  });

  it("shows an event that was changed", async () => {
    const chain = await writeHistory();
    await asOwner(`UPDATE audit_event SET details = '{"as":"practitioner"}' WHERE sequence = 4`);
    expect(await findings()).toEqual([{ kind: "changed", chain, sequence: "4" }]);
  });

  it("shows an event that is missing", async () => {
    const chain = await writeHistory();
    await asOwner("DELETE FROM audit_event WHERE sequence = 5");
    expect(await findings()).toEqual([{ kind: "gap", chain, sequence: "5" }]);
  });

  it("shows events that changed places", async () => {
    const chain = await writeHistory();
    await asOwner(
      "UPDATE audit_event SET sequence = 100 WHERE sequence = 4",
      "UPDATE audit_event SET sequence = 4 WHERE sequence = 5",
      "UPDATE audit_event SET sequence = 5 WHERE sequence = 100",
    );
    expect(await findings()).toEqual([{ kind: "changed", chain, sequence: "4" }]);
  });

  it("shows a tail that was cut off, by the head", async () => {
    const chain = await writeHistory();
    await asOwner("DELETE FROM audit_event WHERE sequence > 7");
    expect(await findings()).toEqual([
      { kind: "head", chain, sequence: "9" },
      { kind: "cut", chain, sequence: "9" },
    ]);
  });

  it("shows a tail that was cut off with its head, by the seals", async () => {
    const chain = await writeHistory();
    await asOwner(
      "DELETE FROM audit_event WHERE sequence > 7",
      "UPDATE audit_chain c SET sequence = 7, hash = (SELECT hash FROM audit_event e WHERE e.chain = c.chain AND e.sequence = 7) WHERE sequence = 9",
    );
    expect(await findings()).toEqual([{ kind: "cut", chain, sequence: "9" }]);
  });

  it("shows a tail that was cut off with its head and its seals, by the file outside", async () => {
    await writeHistory();
    await asOwner(
      "DELETE FROM audit_event WHERE sequence > 6",
      "UPDATE audit_chain c SET sequence = 6, hash = (SELECT hash FROM audit_event e WHERE e.chain = c.chain AND e.sequence = 6) WHERE sequence = 9",
      "DELETE FROM audit_seal WHERE sequence = 3",
    );
    expect(await verifyTrail(db(), undefined, now)).toMatchObject({ findings: [] });
    expect(await findings()).toEqual([{ kind: "seal_missing", sequence: "3" }]);
  });

  it("shows a seal that was changed, and one that is missing between two", async () => {
    await writeHistory();
    await asOwner("UPDATE audit_seal SET heads = '{}' WHERE sequence = 2");
    expect(await findings()).toEqual([{ kind: "seal_changed", sequence: "2" }]);
    await asOwner("DELETE FROM audit_seal WHERE sequence = 2");
    expect(await findings()).toEqual([
      { kind: "seal_gap", sequence: "2" },
      { kind: "seal_changed", sequence: "3" },
      { kind: "seal_missing", sequence: "2" },
    ]);
  });

  it("writes into the file what a worker that died has left out, also after half a line", async () => {
    const subject = newId();
    await write(subject);
    await sealAudit({});
    await writeFile(file, `${await readFile(file, "utf8")}{"sequence":"2","sea`);
    await write(subject);
    await sealChains(now);
    await write(subject);
    await sealAudit({});
    expect(await sequencesInFile()).toEqual(["1", "2", "3"]);
    expect(await findings()).toEqual([]);
  });

  it("goes on being sealed whatever somebody has written about how far it was", async () => {
    const chain = await writeHistory();
    const { hash } = await db().auditEvent.findFirstOrThrow({ where: { sequence: 9n } });
    // The portal's own role can write here, also that a chain was sealed far beyond its end.
    await db().$executeRaw`UPDATE audit_sealed_chain SET seal = 9999`;
    await write(await subjectOf(chain));
    await sealAudit({});
    await asOwner("DELETE FROM audit_event WHERE sequence = 10");
    await db().$executeRaw`UPDATE audit_chain SET sequence = 9, hash = ${hash} WHERE chain = ${chain}`;
    expect(await findings()).toEqual([{ kind: "cut", chain, sequence: "10" }]);
  });

  it("is not whole while something in it has waited long for its seal, as when no worker runs", async () => {
    const chain = await writeHistory();
    const subject = await subjectOf(chain);
    for (const minutes of [0, 1, 8]) await write(subject, now.add({ minutes }));
    const at = async (minutes: number) =>
      (await verifyTrail(db(), readSealLines(file), now.add({ minutes }))).findings;
    expect(await at(4)).toEqual([]);
    expect(await at(10)).toEqual([{ kind: "unsealed", chain, sequence: "10" }]);
    await sealAudit({});
    expect(await at(10)).toEqual([]);
  });

  it("is not whole where its seals are not outside the database", async () => {
    await writeHistory();
    const lines = (await readFile(file, "utf8")).split("\n");
    await writeFile(file, `${lines[1]}\n`);
    const later = systemNow().add({ minutes: 10 });
    expect((await verifyTrail(db(), readSealLines(file), later)).findings).toEqual([
      { kind: "seal_unwritten", sequence: "1", until: "1" },
      { kind: "seal_unwritten", sequence: "3", until: "3" },
    ]);
    // A seal of this moment is on its way.
    expect(await findings()).toEqual([]);
  });

  it("is whole where two workers wrote the same seals into one file", async () => {
    await writeHistory();
    const text = await readFile(file, "utf8");
    await writeFile(file, text + text);
    expect(await report()).toMatchObject({ seals: 3, sealLines: 6, findings: [] });
    await writeFile(file, text + text.replaceAll(/"root":"../g, '"root":"zz'));
    expect((await findings()).map(({ kind }) => kind)).toEqual(Array(3).fill("seal_differs"));
  });

  it("is followed by a command, which says what is wrong and is not content without the file of seals", async () => {
    await writeHistory();
    const whole = await verify("--seals", file);
    expect(whole).toMatchObject({ code: 0 });
    expect(whole.out).toContain("9 events in 64 chains, 3 seals, 3 lines in");
    expect(whole.out).toContain("The trail is whole.");

    await asOwner(
      "DELETE FROM audit_event WHERE sequence = 5",
      "UPDATE audit_seal SET sealed_at = '2026-11-23T09:00:00Z' WHERE sequence = 1",
    );
    const broken = await verify("--seals", join(directory, "none.jsonl"));
    expect(broken.code).toBe(1);
    for (const said of [
      "There is no file",
      "seal 1 is not in the file of seals",
      "seal 1 is not what was written",
      "event 5 is missing",
      "The trail is broken in 3 places.",
    ])
      expect(broken.out).toContain(said);
  }, 120_000);
});
