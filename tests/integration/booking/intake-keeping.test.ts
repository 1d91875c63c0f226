import { Temporal } from "temporal-polyfill";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { listConsentVersions, listCurrentConsents, listIntakeQuestions } from "@/lib/booking/data/intake";
import { publishConsentText } from "@/lib/booking/mutations/consent-texts";
import {
  archiveIntakeQuestion,
  moveIntakeQuestion,
  saveIntakeQuestion,
} from "@/lib/booking/mutations/intake-questions";
import { newId } from "@/lib/core/ids";
import { closeDb, db } from "@/lib/db/client";
import { emptyClinic } from "@/tests/support/empty";
import { makeVisitType } from "@/tests/support/factories";

const now = Temporal.Instant.from("2026-11-23T07:00:00+01:00");
const actor = { kind: "user", pseudonym: newId() } as const;

describe("questions at booking", () => {
  let visitTypeId: string;
  beforeEach(async () => {
    await emptyClinic();
    ({ id: visitTypeId } = await makeVisitType(db(), { now }));
  });

  const ask = (label: string, questionId?: string) =>
    saveIntakeQuestion(
      {
        visitTypeId,
        questionId,
        kind: "text",
        labels: { en: label, ru: label },
        options: null,
        required: false,
      },
      actor,
      now,
    );
  const asked = async () => (await listIntakeQuestions(db(), visitTypeId)).map(({ labels }) => labels.en);
  const idOf = async (label: string) =>
    (await listIntakeQuestions(db(), visitTypeId)).find(({ labels }) => labels.en === label)?.questionId ??
    "";

  it("change by a new row in the same place, and leave the old one to its answers", async () => {
    for (const label of ["one", "two", "three"]) expect((await ask(label)).ok).toBe(true);
    const two = await idOf("two");
    expect((await ask("two, anew", two)).ok).toBe(true);
    expect(await asked()).toEqual(["one", "two, anew", "three"]);
    expect(await db().intakeQuestion.findUniqueOrThrow({ where: { id: two } })).toMatchObject({
      labels: { en: "two" },
      archivedAt: expect.any(Date),
    });
    expect(await ask("too late", two)).toEqual({ ok: false, reason: "not_found" });
  });

  it("change places, and are asked no more", async () => {
    for (const label of ["one", "two", "three"]) await ask(label);
    await moveIntakeQuestion({ questionId: await idOf("three"), direction: "up" }, actor, now);
    await moveIntakeQuestion({ questionId: await idOf("one"), direction: "up" }, actor, now);
    expect(await asked()).toEqual(["one", "three", "two"]);
    const questionId = await idOf("one");
    expect((await archiveIntakeQuestion({ questionId }, actor, now)).ok).toBe(true);
    expect(await archiveIntakeQuestion({ questionId }, actor, now)).toMatchObject({ reason: "not_found" });
    expect(await asked()).toEqual(["three", "two"]);
  });

  it("are never more than a form can bear, however many are added at once", async () => {
    const results = await Promise.all(Array.from({ length: 16 }, (_, index) => ask(`question ${index}`)));
    expect(results.filter(({ ok }) => ok)).toHaveLength(12);
    expect(await asked()).toHaveLength(12);
    const positions = await db().intakeQuestion.findMany({ select: { position: true } });
    expect(new Set(positions.map(({ position }) => position)).size).toBe(12);
  });

  it("are of a visit type that is there", async () => {
    visitTypeId = newId();
    expect(await ask("nowhere")).toEqual({ ok: false, reason: "not_found" });
  });
});

describe("consents", () => {
  beforeEach(emptyClinic);
  afterAll(closeDb);

  it("have one next version, whoever publishes at once, and keep every earlier one", async () => {
    const publish = (text: string, afterVersion: number) =>
      publishConsentText({ kind: "data", afterVersion, texts: { en: text, ru: text } }, actor, now);
    expect((await publish("first", 0)).ok).toBe(true);
    const results = await Promise.all(["a", "b", "c"].map((text) => publish(text, 1)));
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
    expect(results.filter((result) => !result.ok && result.reason === "outdated")).toHaveLength(2);
    expect((await listCurrentConsents(db())).map(({ version }) => version)).toEqual([2]);
    expect((await listConsentVersions(db())).map(({ version }) => version)).toEqual([2, 1]);
    const where = { action: "consent_text.published", actorPseudonym: actor.pseudonym };
    expect(await db().auditEvent.count({ where })).toBe(2);
  });
});
