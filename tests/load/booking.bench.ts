import pg from "pg";
import { Temporal } from "temporal-polyfill";
import { bookAppointment } from "@/lib/booking/mutations/book";
import { newId } from "@/lib/core/ids";
import { closeDb, db } from "@/lib/db/client";
import { startTestServer } from "../support/cluster";
import { copyDatabase, createTestDatabase } from "../support/database";
import { TEST_ENV } from "../support/env";
import { makePractitioner, makeRules, makeVisitType } from "../support/factories";
import { machine, say } from "./report";
import { recordStatements, replay } from "./statements";

/*
 * Bookings a second through the domain's function, and the same work by hand: the very statements of those bookings, with their values,
 * prepared by pg, in a copy of the same database on the same server, as many at once. Goal: at least 0.6 of them a second.
 *
 * What must hold in every run is a lower bound: both halves share their cores with the database, and with whatever else is running.
 */
const CONCURRENCY = 8;
const PRACTITIONERS = 40;
const ROUNDS = 4;
const BOOKINGS_A_ROUND = 200;
const GOAL = 0.6;
const BOUND = 0.1;

const { server, stop } = await startTestServer();
const seeded = await createTestDatabase(server);
// Without a number of guest seats, as a portal begins: counting them, all bookings of a clinic wait for one lock, here as there.
Object.assign(process.env, TEST_ENV, seeded, { TRUECONF_GUEST_SEATS: "" });

/** Practitioners of a big clinic, each of whom can be booked around the clock. */
async function seed(now: Temporal.Instant) {
  const visitType = await makeVisitType(db(), { now, horizonDays: 365 });
  const practitioners = [];
  for (let n = 0; n < PRACTITIONERS; n += 1) {
    const practitioner = await makePractitioner(db(), {
      now,
      timeZone: "Europe/Berlin",
      visitTypeIds: [visitType.id],
    });
    await makeRules(db(), practitioner.id);
    practitioners.push(practitioner.id);
  }
  return { visitTypeId: visitType.id, practitioners };
}

/** Runs so many jobs, a few at once, and tells how many were done a second. */
async function perSecond(jobs: readonly (() => Promise<void>)[]): Promise<number> {
  const queue = jobs.values();
  const began = performance.now();
  await Promise.all(
    Array.from({ length: CONCURRENCY }, async () => {
      for (const job of queue) await job();
    }),
  );
  return (jobs.length * 1000) / (performance.now() - began);
}

const middleOf = (values: readonly number[]) =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

try {
  const now = Temporal.Now.instant().round({ smallestUnit: "hour", roundingMode: "ceil" });
  const { visitTypeId, practitioners } = await seed(now);
  await closeDb();
  const twin = await copyDatabase(server, seeded);
  const pool = new pg.Pool({ connectionString: twin.DATABASE_URL, max: CONCURRENCY });

  let next = 0;
  const bookOne = async () => {
    const n = next++;
    const booked = await bookAppointment(
      {
        practitionerId: practitioners[n % PRACTITIONERS] ?? "",
        visitTypeId,
        startAt: now.add({ hours: 24, minutes: 30 * Math.floor(n / PRACTITIONERS) }),
        reason: "An invented reason",
        idempotencyKey: newId(),
        booker: { kind: "guest", name: "Paula Beispiel", email: "paula@example.org", phone: undefined },
        answers: {},
        consentTextIds: [],
        locale: "en",
        timeZone: "Europe/Berlin",
        address: undefined,
      },
      now,
    );
    if (!booked.ok) throw new Error(booked.reason);
  };

  say(machine());
  const rounds: { through: number; direct: number }[] = [];
  let statements = 0;
  // The first round warms both up.
  for (let round = 0; round <= ROUNDS; round += 1) {
    const recording = recordStatements();
    const through = await perSecond(Array.from({ length: BOOKINGS_A_ROUND }, () => bookOne));
    const transactions = recording.stop();
    const direct = await perSecond(transactions.map((lines) => () => replay(pool, lines)));
    statements = transactions[0]?.length ?? 0;
    if (transactions.length !== BOOKINGS_A_ROUND)
      throw new Error(`${transactions.length} transactions were recorded`);
    if (round > 0) rounds.push({ through, direct });
  }
  await pool.end();
  await closeDb();
  const ratio = middleOf(rounds.map(({ through, direct }) => through / direct));
  say(
    `${CONCURRENCY} at once, ${statements} statements each, ${ROUNDS} × ${BOOKINGS_A_ROUND} bookings (middle round):`,
  );
  say(`through bookAppointment: ${middleOf(rounds.map(({ through }) => through)).toFixed(0)}/s`);
  say(`the same statements by hand: ${middleOf(rounds.map(({ direct }) => direct)).toFixed(0)}/s`);
  say(`ratio ${ratio.toFixed(2)} (goal ${GOAL}, bound ${BOUND})`);
  if (ratio < BOUND) {
    process.exitCode = 1;
    say(`Too slow: the ratio must be at least ${BOUND}.`);
  }
} finally {
  await stop();
}
