import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newId } from "@/lib/core/ids";
import { db } from "@/lib/db/client";
import { changePractitionerEntry } from "@/lib/directory/mutations";
import { practitionerEntrySchema } from "@/lib/directory/schema";
import { makePractitioner } from "@/tests/support/factories";
import { minuteNow } from "../booking/clinic";
import { control, openStage } from "../visits/stage";

let sandbox: Awaited<ReturnType<typeof openStage>>;
beforeAll(async () => {
  sandbox = await openStage();
});
afterAll(() => sandbox.stop());

const now = minuteNow();
const actor = { kind: "system" } as const;
const entryOf = async (id: string) => {
  const { entry, trueconfUser } = await db().practitioner.findUniqueOrThrow({ where: { id } });
  return { entry, trueconfUser };
};

describe("a practitioner's way into visits", () => {
  it("is an account that TrueConf has, and remembered where it is not used", async () => {
    const { id: practitionerId } = await makePractitioner(db(), { now });
    const change = (entry: "guest" | "account", trueconfUser: string | null) =>
      changePractitionerEntry({ practitionerId, entry, trueconfUser }, actor, now);
    expect(await change("account", "doctor_nobody")).toEqual({ ok: false, reason: "unknown_account" });
    expect(await entryOf(practitionerId)).toEqual({ entry: "guest", trueconfUser: null });
    expect(await change("account", "doctor_one")).toEqual({ ok: true });
    expect(await change("guest", "doctor_one")).toEqual({ ok: true });
    expect(await entryOf(practitionerId)).toEqual({ entry: "guest", trueconfUser: "doctor_one" });
  });

  it("is kept while TrueConf does not answer, and nobody's who is not there", async () => {
    const { id: practitionerId } = await makePractitioner(db(), { now });
    await control(sandbox, "POST", "faults", { kind: "html500" });
    const change = { practitionerId, entry: "account" as const, trueconfUser: "doctor_two" };
    expect(await changePractitionerEntry(change, actor, now)).toEqual({ ok: true });
    await control(sandbox, "DELETE", "faults");
    expect(
      await changePractitionerEntry({ ...change, practitionerId: newId(), trueconfUser: null }, actor, now),
    ).toEqual({ ok: false, reason: "not_found" });
  });

  it.each([
    [{ entry: "account", trueconfUser: "" }, "trueconfUser"],
    [{ entry: "account", trueconfUser: "2$x*Dr Nobody" }, "trueconfUser"],
    [{ entry: "owner", trueconfUser: "doctor_one" }, "entry"],
  ])("is not what %j says", (fields, faulty) => {
    const parsed = practitionerEntrySchema.safeParse({ practitionerId: newId(), ...fields });
    expect(parsed.error?.issues[0]?.path[0]).toBe(faulty);
  });
});
