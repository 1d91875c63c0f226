import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { practitionerScope } from "@/lib/access/rules";
import { env } from "@/lib/core/env";
import { db } from "@/lib/db/client";
import { findFeedback, listNotes, listSummary } from "@/lib/records/data";
import { giveFeedback } from "@/lib/records/mutations/feedback";
import { saveNote } from "@/lib/records/mutations/notes";
import { saveSummary, signSummary } from "@/lib/records/mutations/summary";
import { endVisit } from "@/lib/visits/mutations/end-visit";
import { startVisit } from "@/lib/visits/mutations/start";
import { minuteNow } from "../booking/clinic";
import { type BookedVisit, bookedVisit, openStage, soon } from "../visits/stage";

let sandbox: Awaited<ReturnType<typeof openStage>>;
beforeAll(async () => {
  sandbox = await openStage();
});
afterAll(() => sandbox.stop());

const now = minuteNow();
const MARK = "Zyxomma";

async function begun(): Promise<BookedVisit> {
  const visit = await bookedVisit(soon(now), now);
  const started = await startVisit(visit.practitioner, visit.appointmentId, "en", now);
  if (!started.ok) throw new Error(started.reason);
  return visit;
}
const end = (visit: BookedVisit) => endVisit(visit.practitioner, visit.appointmentId, now);

/** Everything that a table says, as bytes. */
const rawRows = async (table: string) => {
  const client = new pg.Client({ connectionString: env().DATABASE_URL });
  await client.connect();
  const { rows } = await client.query(`SELECT t::text AS line FROM "${table}" t`);
  await client.end();
  return rows.map(({ line }) => String(line)).join("\n");
};

describe("a visit's notes", () => {
  const note = (visit: BookedVisit, version: number, text: string, at = now) =>
    saveNote(visit.practitioner, { appointmentId: visit.appointmentId, version, text }, at);

  it("are saved as versions, those of one sitting in each other's place", async () => {
    const visit = await begun();
    expect(await note(visit, 0, "One")).toEqual({ ok: true, value: { version: 1 } });
    expect(await note(visit, 1, "One two", now.add({ seconds: 20 }))).toEqual({
      ok: true,
      value: { version: 2 },
    });
    expect((await note(visit, 2, "Later", now.add({ minutes: 10 }))).ok).toBe(true);
    const kept = await listNotes(db(), practitionerScope(visit.practitioner), visit.encounterId);
    expect(kept.map(({ version, text }) => [version, text])).toEqual([
      [3, "Later"],
      [2, "One two"],
    ]);
    expect(
      await db().auditEvent.count({ where: { action: "note.saved", entityId: visit.encounterId } }),
    ).toBe(2);
  });

  it("are not overwritten by an older tab, also of two at once", async () => {
    const visit = await begun();
    await note(visit, 0, "First");
    expect(await note(visit, 0, "Older")).toEqual({ ok: false, reason: "outdated" });
    const results = await Promise.all([note(visit, 1, "A"), note(visit, 1, "B")]);
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
  });

  it("are saved once, when an answer was lost and they are saved again", async () => {
    const visit = await begun();
    await note(visit, 0, "First");
    expect(await note(visit, 0, "First", now.add({ minutes: 5 }))).toEqual({
      ok: true,
      value: { version: 1 },
    });
    expect((await note(visit, 1, "First and second")).ok).toBe(true);
    expect(await note(visit, 0, "First")).toEqual({ ok: false, reason: "outdated" });
    const kept = await listNotes(db(), practitionerScope(visit.practitioner), visit.encounterId);
    expect(kept.map(({ version, text }) => [version, text])).toEqual([[2, "First and second"]]);
  });

  it("are sealed, and the practitioner's alone", async () => {
    const [visit, other] = [await begun(), await begun()];
    await note(visit, 0, `${MARK} note`);
    expect(await rawRows("visit_note")).not.toContain(MARK);
    for (const actor of [other.practitioner, visit.patient])
      expect(
        await saveNote(actor, { appointmentId: visit.appointmentId, version: 1, text: "Theirs" }, now),
      ).toEqual({ ok: false, reason: "not_found" });
  });
});

describe("a visit's summary", () => {
  const draft = (visit: BookedVisit, part: number, revision: number, text: string) => ({
    appointmentId: visit.appointmentId,
    part,
    revision,
    text,
  });

  it("is written from the beginning on, signed once, and mailed about", async () => {
    const early = await bookedVisit(soon(now), now);
    expect(await saveSummary(early.practitioner, draft(early, 0, 0, "Text"), now)).toEqual({
      ok: false,
      reason: "not_started",
    });
    const visit = await begun();
    expect(await saveSummary(visit.practitioner, draft(visit, 0, 0, "Draft"), now)).toEqual({
      ok: true,
      value: { revision: 1 },
    });
    expect(await signSummary(visit.practitioner, draft(visit, 0, 0, "Old"), now)).toEqual({
      ok: false,
      reason: "outdated",
    });
    const signings = await Promise.all(
      [1, 2].map(() => signSummary(visit.practitioner, draft(visit, 0, 1, `${MARK} summary`), now)),
    );
    expect(signings.filter(({ ok }) => ok)).toHaveLength(1);
    expect(signings).toContainEqual({ ok: false, reason: "signed" });
    expect(
      await db().notification.count({
        where: { kind: "summary_ready", appointmentId: visit.appointmentId },
      }),
    ).toBe(1);
    expect(await rawRows("visit_summary")).not.toContain(MARK);
  });

  it("is drafted once, when an answer was lost and it is saved or signed again", async () => {
    const visit = await begun();
    const save = (revision: number, text: string) =>
      saveSummary(visit.practitioner, draft(visit, 0, revision, text), now);
    await save(0, "Draft");
    expect(await save(0, "Draft")).toEqual({ ok: true, value: { revision: 1 } });
    expect(await save(0, "Another")).toEqual({ ok: false, reason: "outdated" });
    expect(await signSummary(visit.practitioner, draft(visit, 0, 0, "Draft"), now)).toEqual({ ok: true });
    expect(await save(0, "Draft")).toEqual({ ok: false, reason: "signed" });
  });

  it("never changes once it is signed, whatever the application does", async () => {
    const visit = await begun();
    await signSummary(visit.practitioner, draft(visit, 0, 0, "Signed"), now);
    expect(await saveSummary(visit.practitioner, draft(visit, 0, 1, "Changed"), now)).toEqual({
      ok: false,
      reason: "signed",
    });
    const where = { encounterId: visit.encounterId };
    await expect(db().visitSummary.updateMany({ where, data: { revision: 9 } })).rejects.toThrow();
    await expect(db().visitSummary.deleteMany({ where })).rejects.toThrow();
    const [kept] = await listSummary(db(), practitionerScope(visit.practitioner), visit.encounterId);
    expect(kept?.text).toBe("Signed");
  });

  it("is corrected by addenda, one after the other", async () => {
    const visit = await begun();
    expect(await saveSummary(visit.practitioner, draft(visit, 1, 0, "Too soon"), now)).toEqual({
      ok: false,
      reason: "outdated",
    });
    await signSummary(visit.practitioner, draft(visit, 0, 0, "Signed"), now);
    await end(visit);
    expect((await signSummary(visit.practitioner, draft(visit, 1, 0, "Addendum"), now)).ok).toBe(true);
    const parts = await listSummary(db(), practitionerScope(visit.practitioner), visit.encounterId);
    expect(parts.map(({ part, text }) => [part, text])).toEqual([
      [0, "Signed"],
      [1, "Addendum"],
    ]);
  });
});

describe("what a patient says of a visit", () => {
  const say = (visit: BookedVisit, quality: number, at = now) =>
    giveFeedback(
      visit.patient,
      { appointmentId: visit.appointmentId, quality, problems: ["no_sound"], comment: `${MARK} comment` },
      at,
    );

  it("is said once, after the end, changeable for a day, and sealed", async () => {
    const visit = await begun();
    expect(await say(visit, 3)).toEqual({ ok: false, reason: "not_finished" });
    await end(visit);
    expect(await say(visit, 3)).toEqual({ ok: true });
    expect(await say(visit, 5, now.add({ hours: 23 }))).toEqual({ ok: true });
    expect(await say(visit, 1, now.add({ hours: 24 }))).toEqual({ ok: false, reason: "too_late" });
    expect(await findFeedback(db(), practitionerScope(visit.practitioner), visit.encounterId)).toMatchObject({
      quality: 5,
      problems: ["no_sound"],
      comment: `${MARK} comment`,
    });
    expect(await rawRows("visit_feedback")).not.toContain(MARK);
  });

  it("is the patient's alone to say", async () => {
    const [visit, other] = [await begun(), await begun()];
    await end(visit);
    for (const actor of [visit.practitioner, other.patient])
      expect(
        await giveFeedback(
          actor,
          { appointmentId: visit.appointmentId, quality: 1, problems: [], comment: "" },
          now,
        ),
      ).toEqual({ ok: false, reason: "not_found" });
  });
});
