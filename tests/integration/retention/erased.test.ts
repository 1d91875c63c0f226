import { expect, it } from "vitest";
import { newId } from "@/lib/core/ids";
import { db } from "@/lib/db/client";
import { ERASED_NAME, identityPlace } from "@/lib/privacy/constants";
import { sweepErasures } from "@/lib/privacy/mutations/erasure-sweep";
import { readRetention } from "@/lib/retention/data/settings";
import { sweepRetention } from "@/lib/retention/mutations/sweep";
import { cutoffOf } from "@/lib/retention/rules";
import { seal } from "@/lib/security/seal";
import { toDate } from "@/lib/time/instant";
import { minuteNow } from "../booking/clinic";
import { recordOf, type Visit, visitUntil, writeRecord } from "./rows";

const now = minuteNow();

/** What is left of somebody who was erased after a visit: its record, and whose it is, sealed beside it. */
async function erasedAfter(visit: Visit): Promise<void> {
  const decided = { decidedAt: toDate(now), decidedBy: newId(), doneAt: toDate(now) };
  const { id: erasureId } = await db().erasure.create({
    data: { id: newId(), status: "done", requestedAt: toDate(now), ...decided },
  });
  const { id } = visit.patient;
  const { sealed, keyId } = seal(JSON.stringify({ name: visit.patient.name }), identityPlace(id));
  const nobody = { name: ERASED_NAME, email: null, phone: null };
  await db().patient.update({
    where: { id },
    data: { ...nobody, erasureId, identitySealed: sealed, identityKeyId: keyId },
  });
}

it("keeps the record of somebody erased, and whose it is, until its period is over and no longer", async () => {
  const ended = cutoffOf("records", now, await readRetention(db()));
  const [over, within] = [await visitUntil(ended), await visitUntil(ended.add({ milliseconds: 1 }))];
  for (const visit of [over, within]) {
    await writeRecord(visit);
    await erasedAfter(visit);
  }
  const before = await recordOf(within)();
  await sweepRetention(now);
  await sweepErasures(now);
  const identityOf = async ({ patient: { id } }: Visit) =>
    (await db().patient.findUniqueOrThrow({ where: { id } })).identitySealed;
  expect([await recordOf(over)(), await identityOf(over)]).toEqual([0, null]);
  expect(await recordOf(within)()).toBe(before);
  expect(await identityOf(within)).not.toBeNull();
});
