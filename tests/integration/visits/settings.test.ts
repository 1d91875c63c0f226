import { afterEach, describe, expect, it } from "vitest";
import { newId } from "@/lib/core/ids";
import { db } from "@/lib/db/client";
import { readVisitSettings } from "@/lib/visits/data/settings";
import { saveVisitSettings } from "@/lib/visits/mutations/settings";
import { minuteNow } from "../booking/clinic";

const STANDARD = {
  patientOpensMinutes: 30,
  practitionerOpensMinutes: 30,
  closesAfterMinutes: 60,
  noShowAfterMinutes: 15,
  noShowAutomatic: false,
  emptyGraceMinutes: 10,
  aloneGraceMinutes: 20,
  longestOverrunMinutes: 240,
  appLinks: false,
  recording: false,
};
const actor = { kind: "user" as const, pseudonym: newId() };
const trail = () =>
  db().auditEvent.findMany({ where: { action: "settings.changed" }, orderBy: { id: "asc" } });

describe("the clinic's settings of visits", () => {
  afterEach(() => db().setting.deleteMany({ where: { key: "visits" } }));

  it("are the standard until somebody decides", async () => {
    expect(await readVisitSettings(db())).toEqual(STANDARD);
  });

  it("are kept, and the trail names which were changed but not to what", async () => {
    const before = (await trail()).length;
    await saveVisitSettings(
      { ...STANDARD, closesAfterMinutes: 15, noShowAutomatic: true },
      actor,
      minuteNow(),
    );
    expect(await readVisitSettings(db())).toEqual({
      ...STANDARD,
      closesAfterMinutes: 15,
      noShowAutomatic: true,
    });
    expect((await trail()).slice(before).map(({ details }) => details)).toEqual([
      { keys: ["visits.closesAfterMinutes", "visits.noShowAutomatic"] },
    ]);
  });

  it("that stay as they were leave no trail", async () => {
    const before = (await trail()).length;
    await saveVisitSettings(STANDARD, actor, minuteNow());
    expect(await trail()).toHaveLength(before);
  });
});
