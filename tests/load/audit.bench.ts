import { Temporal } from "temporal-polyfill";
import { recordAudit } from "@/lib/audit/mutations";
import { newId } from "@/lib/core/ids";
import { ok } from "@/lib/core/result";
import { closeDb, db, type Tx } from "@/lib/db/client";
import { transaction } from "@/lib/db/transaction";
import { toDate } from "@/lib/time/instant";
import { startTestServer } from "../support/cluster";
import { createTestDatabase } from "../support/database";
import { TEST_ENV } from "../support/env";
import { makePatient } from "../support/factories";
import { machine, say } from "./report";

/*
 * What the trail costs: one small change a transaction, with its event and without, by 1, 8 and 32 writers at once; of many subjects,
 * whose events go to 64 chains, and of one alone, whose events wait for each other.
 *
 * What must hold in every run: changes with an event are not slower by orders, and those of many subjects do not wait for each other
 * more than those of one do.
 */
const PATIENTS = 256;
const CHANGES = 600;
const BOUND = 0.1;
const SPREAD_BOUND = 0.7;

const { server, stop } = await startTestServer();
Object.assign(process.env, TEST_ENV, await createTestDatabase(server));
const now = Temporal.Now.instant();

type Subject = { id: string; pseudonym: string };

/** A change of one patient's row, and what the trail says of it. */
const change = ({ id, pseudonym }: Subject, withEvent: boolean) =>
  transaction(async (tx: Tx) => {
    await tx.patient.update({ where: { id }, data: { createdAt: toDate(now) } });
    if (withEvent)
      await recordAudit(
        tx,
        {
          action: "record.read",
          details: {},
          actor: { kind: "user", pseudonym: newId() },
          outcome: "success",
          subject: pseudonym,
          entity: { type: "appointment", id },
        },
        now,
      );
    return ok();
  });

/** Changes a second by so many writers at once, each change of the next subject. */
async function perSecond(writers: number, subjects: readonly Subject[], withEvent: boolean): Promise<number> {
  let next = 0;
  const began = performance.now();
  await Promise.all(
    Array.from({ length: writers }, async () => {
      for (;;) {
        const n = next++;
        const subject = subjects[n % subjects.length];
        if (n >= CHANGES || !subject) return;
        await change(subject, withEvent);
      }
    }),
  );
  return (CHANGES * 1000) / (performance.now() - began);
}

try {
  const many: Subject[] = [];
  for (let n = 0; n < PATIENTS; n += 1) many.push(await makePatient(db(), { now }));
  // Without the trail the hot one's rows would wait for each other all the same: its events alone are of one subject.
  const [hot] = many;
  const ofOne = many.map(({ id }) => ({ id, pseudonym: hot?.pseudonym ?? "" }));
  await perSecond(8, many, true);

  let worst = { ratio: 1, spread: 1 };
  for (const writers of [1, 8, 32]) {
    const without = await perSecond(writers, many, false);
    const spread = await perSecond(writers, many, true);
    const one = await perSecond(writers, ofOne, true);
    const figures = [without, spread, one].map((value) => Math.round(value));
    say(
      `${String(writers).padStart(2)} writers: ${figures[0]} changes/s without events, ${figures[1]} with (${(spread / without).toFixed(2)}), ${figures[2]} all of one subject`,
    );
    worst = { ratio: Math.min(worst.ratio, spread / without), spread: Math.min(worst.spread, spread / one) };
  }
  say(machine());
  if (worst.ratio < BOUND)
    throw new Error(`events cost too much: ${worst.ratio.toFixed(2)} of the changes a second`);
  if (worst.spread < SPREAD_BOUND) throw new Error("events of many subjects wait for each other");
} finally {
  await closeDb();
  await stop();
}
