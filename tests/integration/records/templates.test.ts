import { afterAll, expect, it } from "vitest";
import { newId } from "@/lib/core/ids";
import { closeDb, db } from "@/lib/db/client";
import { removeTemplate, saveTemplate } from "@/lib/records/mutations/templates";
import { makePractitioner } from "@/tests/support/factories";
import { minuteNow } from "../booking/clinic";
import { practitionerActor } from "../visits/stage";

afterAll(closeDb);

const now = minuteNow();
const MARK = "Zyxomma";

const somebody = async () => practitionerActor((await makePractitioner(db(), { now })).id);

async function kept(by: Awaited<ReturnType<typeof somebody>>): Promise<string> {
  expect(await saveTemplate(by, { title: MARK, text: MARK, locale: "en" }, now)).toEqual({ ok: true });
  const where = { practitionerId: by.practitionerId ?? "" };
  return (await db().summaryTemplate.findFirstOrThrow({ where })).id;
}

const eventsOf = (entityId: string) =>
  db().auditEvent.findMany({ where: { entityId }, orderBy: { sequence: "asc" } });

it("a template that is kept and removed is in the trail, without a word of it", async () => {
  const owner = await somebody();
  const id = await kept(owner);
  expect(await removeTemplate(owner, id, now)).toEqual({ ok: true });
  expect(await db().summaryTemplate.count({ where: { id } })).toBe(0);
  const events = await eventsOf(id);
  const by = { actorPseudonym: owner.pseudonym, subjectPseudonym: null, entityType: "summary_template" };
  expect(events).toMatchObject([
    { action: "summary_template.saved", details: {}, ...by },
    { action: "summary_template.removed", details: {}, ...by },
  ]);
});

it("a template of somebody else is not found, and nothing is written", async () => {
  const [id, stranger] = [await kept(await somebody()), await somebody()];
  for (const one of [id, newId()])
    expect(await removeTemplate(stranger, one, now)).toEqual({ ok: false, reason: "not_found" });
  expect(await db().summaryTemplate.count({ where: { id } })).toBe(1);
  expect((await eventsOf(id)).map(({ action }) => action)).toEqual(["summary_template.saved"]);
});
