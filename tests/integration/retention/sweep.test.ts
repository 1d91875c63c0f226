import pg from "pg";
import type { Temporal } from "temporal-polyfill";
import { describe, expect, it } from "vitest";
import { unsafeListFigures } from "@/lib/admin/data/clinic";
import { verifyTrail } from "@/lib/audit/data";
import { newId } from "@/lib/core/ids";
import { db } from "@/lib/db/client";
import { SWEPT } from "@/lib/retention/constants";
import { unsafeCountDue } from "@/lib/retention/data/due";
import { readRetention } from "@/lib/retention/data/settings";
import { sweepKept } from "@/lib/retention/jobs";
import { saveRetention } from "@/lib/retention/mutations/settings";
import { STEPS } from "@/lib/retention/mutations/steps";
import { sweepRetention } from "@/lib/retention/mutations/sweep";
import { cutoffOf } from "@/lib/retention/rules";
import type { SweptKind } from "@/lib/retention/types";
import { toDate } from "@/lib/time/instant";
import { makeUser } from "@/tests/support/factories";
import { minuteNow } from "../booking/clinic";
import { BEGUN, recordOf, visitUntil, writeRecord } from "./rows";

const now = minuteNow();
const KINDS = Object.keys(STEPS) as SweptKind[];
const cutoff = async (kind: SweptKind) => cutoffOf(kind, now, await readRetention(db()));

async function asOwner(statement: string): Promise<void> {
  const owner = new pg.Client({ connectionString: process.env.DATABASE_OWNER_URL });
  await owner.connect();
  await owner.query(statement);
  await owner.end();
}

/** Everything but the trail, which says what was done. */
async function readRows(): Promise<ReadonlyMap<string, string>> {
  const tables = await db().$queryRaw<{ name: string }[]>`
    SELECT table_name AS name FROM information_schema.tables
    WHERE table_schema = 'public' AND table_name NOT LIKE 'audit%' ORDER BY 1`;
  const rows = new Map<string, string>();
  for (const { name } of tables) {
    const [found] = await db().$queryRawUnsafe<{ text: string | null }[]>(
      `SELECT string_agg(t::text, E'\\n' ORDER BY t::text) AS text FROM "${name}" t`,
    );
    rows.set(name, found?.text ?? "");
  }
  return rows;
}

const figures = () =>
  unsafeListFigures(db(), { from: now.subtract({ hours: 24 * 366 * 40 }), to: now }, "UTC");

describe("what is kept", () => {
  it.each(KINDS)("of %s is there within its period and gone after it", async (kind) => {
    const ended = await cutoff(kind);
    const over = await BEGUN[kind](ended);
    const within = await BEGUN[kind](ended.add({ milliseconds: 1 }));
    const [before, figuresBefore] = [await within(), await figures()];
    expect(await over()).toBe(before);
    expect(before).toBeGreaterThan(0);
    const due = await unsafeCountDue(db(), await readRetention(db()), now);
    expect(due.find((one) => one.kind === kind)).toMatchObject({
      rows: before - cascades[kind],
      oldest: ended,
    });

    const removed = await sweepRetention(now);

    expect(removed.get(kind)).toBe(before - cascades[kind]);
    expect(await over()).toBe(0);
    expect(await within()).toBe(before);
    expect(await figures()).toEqual(figuresBefore);
    const event = await db().auditEvent.findFirstOrThrow({
      where: { action: "retention.swept", details: { path: ["kind"], equals: kind } },
      orderBy: { id: "desc" },
    });
    expect(event.details).toMatchObject({ kind, rows: before - cascades[kind] });
  });

  it("is looked at and left alone while nothing is over", async () => {
    await sweepRetention(now);
    const before = await readRows();
    const events = await db().auditEvent.count();
    expect(
      (await unsafeCountDue(db(), await readRetention(db()), now)).filter(({ rows }) => rows > 0),
    ).toEqual([]);
    expect([...(await sweepRetention(now)).values()]).toEqual(KINDS.map(() => 0));
    expect(await readRows()).toEqual(before);
    expect(await db().auditEvent.count()).toBe(events);
  });

  it("goes in batches, each whole with its event, from where a run was cut off", async () => {
    const ended = await cutoff("sessions");
    const kept = [];
    for (let row = 0; row < 5; row += 1) kept.push(await BEGUN.sessions(ended));
    const swept = () => db().auditEvent.count({ where: { action: "retention.swept" } });
    const before = await swept();
    expect((await sweepRetention(now, 2)).get("sessions")).toBe(5);
    for (const one of kept) expect(await one()).toBe(0);
    expect(await swept()).toBe(before + 3);
    expect((await verifyTrail(db(), undefined, now)).findings).toEqual([]);
  });

  it("goes on the next night where a run has failed, which keeps no other kind waiting", async () => {
    const [stuck, free] = [
      await BEGUN.sessions(await cutoff("sessions")),
      await BEGUN.links(await cutoff("links")),
    ];
    const swept = () => db().auditEvent.count({ where: { details: { path: ["kind"], equals: "sessions" } } });
    const before = await swept();
    await asOwner(`
      CREATE FUNCTION power_cut() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'cut'; END $$;
      CREATE TRIGGER power_cut BEFORE DELETE ON session FOR EACH ROW EXECUTE FUNCTION power_cut()`);
    try {
      await expect(sweepKept({})).rejects.toThrow("not all");
      expect([await stuck(), await free(), (await swept()) - before]).toEqual([1, 0, 0]);
    } finally {
      await asOwner("DROP TRIGGER power_cut ON session");
    }
    await sweepKept({});
    expect([await stuck(), (await swept()) - before]).toEqual([0, 1]);
  });

  it("goes by the clinic's own periods", async () => {
    const actor = { kind: "user", pseudonym: newId() } as const;
    const standard = await readRetention(db());
    const kept = await BEGUN.mails(now.subtract({ hours: 24 * 40 }));
    await sweepRetention(now);
    expect(await kept()).toBe(1);
    await saveRetention({ ...standard, mails: 30 }, actor, now);
    await sweepRetention(now);
    expect(await kept()).toBe(0);
    await saveRetention(standard, actor, now);
  });
});

describe("a record", () => {
  it("is one: its first visit stays while the last is within the period", async () => {
    const ended = await cutoff("records");
    const first = await visitUntil(ended.subtract({ hours: 24 * 400 }));
    await writeRecord(first);
    const kept = recordOf(first);
    const before = await kept();
    const last = await visitUntil(ended.add({ hours: 1 }), first.patient);
    await sweepRetention(now);
    expect(await kept()).toBe(before);
    expect(await db().visitNote.count({ where: { encounterId: last.encounterId } })).toBe(0);
  });

  it("goes without its figures: times, kind, state and grades stay, and name nobody", async () => {
    const visit = await visitUntil(await cutoff("records"));
    await writeRecord(visit);
    const { id } = visit.appointment;
    await sweepRetention(now);
    const row = await db().appointment.findUniqueOrThrow({ where: { id }, include: { patient: true } });
    const { status, startAt, endAt, visitTypeId } = visit.appointment;
    expect(row).toMatchObject({ status, startAt, endAt, visitTypeId, reasonSealed: null, reasonKeyId: null });
    expect(row.patient).toMatchObject({ name: "–", email: null, phone: null });
    expect(row.patient.pseudonym).not.toBe(visit.patient.pseudonym);
  });

  it("of somebody with an account leaves them their name", async () => {
    const visit = await visitUntil(await cutoff("records"));
    const user = await makeUser(db(), { now });
    await db().patient.update({ where: { id: visit.patient.id }, data: { userId: user.id } });
    await sweepRetention(now);
    const patient = await db().patient.findUniqueOrThrow({ where: { id: visit.patient.id } });
    expect(patient.name).toBe(visit.patient.name);
  });

  it("that is signed cannot be removed within five years by the portal's own role, whatever it is told", async () => {
    const years = (count: number): Temporal.Instant =>
      now.toZonedDateTimeISO("UTC").subtract({ years: count }).toInstant();
    const young = await visitUntil(years(5).add({ hours: 24 }));
    const old = await visitUntil(years(5).subtract({ hours: 24 }));
    for (const visit of [young, old]) await writeRecord(visit);
    const remove = ({ encounterId }: { encounterId: string }) =>
      db().visitSummary.deleteMany({ where: { encounterId } });
    await expect(remove(young)).rejects.toThrow("visit_summary_signed");
    expect(await remove(old)).toEqual({ count: 1 });
  });
});

describe("a mail", () => {
  it("is remembered until its visit is over, so that no reminder is sent twice", async () => {
    const kept = await BEGUN.mails((await cutoff("mails")).subtract({ hours: 1 }));
    await db().appointment.updateMany({
      where: { notifications: { some: {} } },
      data: { startAt: toDate(now), endAt: toDate(now.add({ minutes: 30 })) },
    });
    await sweepRetention(now);
    expect(await kept()).toBe(1);
  });
});

describe("a file", () => {
  it("goes by its row first; the store then removes the bytes", async () => {
    await BEGUN.messages(await cutoff("messages"));
    const keys = await db().attachment.findMany({ select: { storageKey: true } });
    await sweepRetention(now);
    const left = await db().attachment.findMany({ select: { storageKey: true } });
    const gone = keys
      .map(({ storageKey }) => storageKey)
      .filter((key) => !left.some((one) => one.storageKey === key));
    expect(gone).toHaveLength(1);
    expect(await db().removedFile.count({ where: { storageKey: { in: gone } } })).toBe(1);
  });
});

/** Rows that the database removes with those that are counted. */
const cascades: Record<SweptKind, number> = {
  records: 0,
  messages: 1,
  deviceChecks: 0,
  comments: 0,
  queueEntries: 0,
  waitlist: 0,
  mails: 0,
  sessions: 0,
  links: 0,
};

describe("the steps", () => {
  it("empty the tables that are said to be emptied, under the same kinds", () => {
    const BY_CASCADE = ["conversation_reader", "queue_offer", "waitlist_offer", "emergency_access_patient"];
    const emptied = Object.entries(STEPS).flatMap(([kind, steps]) =>
      steps.map(({ table }) => `${table}: ${kind}`),
    );
    const said = Object.entries(SWEPT)
      .filter(([table]) => !BY_CASCADE.includes(table))
      .flatMap(([table, kinds]) => kinds.map((kind) => `${table}: ${kind}`))
      .filter((one) => !one.endsWith(": trail"));
    expect(emptied.toSorted()).toEqual(said.toSorted());
  });
});
