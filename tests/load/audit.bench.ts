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
 * On two cores the work itself is what takes the time, so that these figures say little of who waits for whom. Therefore each transaction
 * also holds its event for a moment without working: of one subject the next waits for it, of many hardly anybody does, and with one
 * lock for all of them everybody would.
 *
 * What must hold in every run: changes with an event are not slower by orders, and those of many subjects that hold their events are
 * faster than those of one by far more than one lock would let them be.
 */
const PATIENTS = 256;
const CHANGES = 600;
const BOUND = 0.1;
const HELD_CHANGES = 160;
const HELD_SECONDS = 0.025;
const HELD_WRITERS = 8;
/** One lock for all would make it 1; without any it would be 8, less what meets in one of the 64 chains. */
const SPREAD_BOUND = 3;

const { server, stop } = await startTestServer();
Object.assign(process.env, TEST_ENV, await createTestDatabase(server));
const now = Temporal.Now.instant();

type Subject = { id: string; pseudonym: string };

/** A change of one patient's row, and what the trail says of it. */
const change = ({ id, pseudonym }: Subject, withEvent: boolean, heldSeconds = 0) =>
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
    if (heldSeconds > 0) await tx.$queryRaw`SELECT 1 FROM pg_sleep(${heldSeconds})`;
    return ok();
  });

/** Changes a second by so many writers at once, each change of the next subject. */
async function perSecond(
  writers: number,
  subjects: readonly Subject[],
  withEvent: boolean,
  { changes = CHANGES, heldSeconds = 0 }: { changes?: number; heldSeconds?: number } = {},
): Promise<number> {
  let next = 0;
  const began = performance.now();
  await Promise.all(
    Array.from({ length: writers }, async () => {
      for (;;) {
        const n = next++;
        const subject = subjects[n % subjects.length];
        if (n >= changes || !subject) return;
        await change(subject, withEvent, heldSeconds);
      }
    }),
  );
  return (changes * 1000) / (performance.now() - began);
}

try {
  const many: Subject[] = [];
  for (let n = 0; n < PATIENTS; n += 1) many.push(await makePatient(db(), { now }));
  // Without the trail the hot one's rows would wait for each other all the same: its events alone are of one subject.
  const [hot] = many;
  const ofOne = many.map(({ id }) => ({ id, pseudonym: hot?.pseudonym ?? "" }));
  await perSecond(8, many, true);

  let worst = 1;
  for (const writers of [1, 8, 32]) {
    const without = await perSecond(writers, many, false);
    const spread = await perSecond(writers, many, true);
    const one = await perSecond(writers, ofOne, true);
    const figures = [without, spread, one].map((value) => Math.round(value));
    say(
      `${String(writers).padStart(2)} writers: ${figures[0]} changes/s without events, ${figures[1]} with (${(spread / without).toFixed(2)}), ${figures[2]} all of one subject`,
    );
    worst = Math.min(worst, spread / without);
  }
  const held = { changes: HELD_CHANGES, heldSeconds: HELD_SECONDS };
  const heldApart = await perSecond(HELD_WRITERS, many, true, held);
  const heldTogether = await perSecond(HELD_WRITERS, ofOne, true, held);
  const apart = heldApart / heldTogether;
  say(
    `${HELD_WRITERS} writers that hold their events for ${HELD_SECONDS * 1000} ms: ${Math.round(heldApart)} changes/s of many subjects, ${Math.round(heldTogether)} of one (${apart.toFixed(1)} times)`,
  );
  say(machine());
  if (worst < BOUND) throw new Error(`events cost too much: ${worst.toFixed(2)} of the changes a second`);
  if (apart < SPREAD_BOUND) throw new Error("events of many subjects wait for each other");
} finally {
  await closeDb();
  await stop();
}
