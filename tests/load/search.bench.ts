import { Temporal } from "temporal-polyfill";
import { findDirectoryPage } from "@/lib/booking/data/directory";
import { closeDb, db } from "@/lib/db/client";
import { startTestServer } from "@/tests/support/cluster";
import { createTestDatabase } from "@/tests/support/database";
import { TEST_ENV } from "@/tests/support/env";
import { openLargeClinic, PRACTITIONERS, TODAY } from "./large-clinic";
import { machine, measure, say } from "./report";

/*
 * A page of the directory on the server: of 1,000 practitioners the 20 who are free first, with their times, beside more and more
 * appointments of past years. Goal: 50 ms (p95, two cores, Node 20). What must hold: a hundred times the history takes no more
 * than three times as long; by the middle of the runs, since whatever else the machine does shows in the slowest ones.
 */
const SIZES = [10_000, 100_000, 1_000_000];
const MOST_GROWTH = 3;
const RUNS = { runs: 60, warmUp: 15 };

/** Monday, 06:40 in London: some are at work already. */
const now = Temporal.Instant.from(`${TODAY}T06:40:00Z`);
const VIEWER = { timeZone: "Europe/Berlin", locale: "en" as const };
const NOTHING = {
  name: undefined,
  specialty: undefined,
  language: undefined,
  visitType: undefined,
  from: undefined,
};
const QUESTIONS = {
  "everybody, first page": { ...NOTHING, page: 1 },
  "everybody, tenth page": { ...NOTHING, page: 10 },
  "a specialty and a language": { ...NOTHING, specialty: "specialty-3", language: "en", page: 1 },
  "a mistyped name": { ...NOTHING, name: "Exmaple 77", page: 1 },
  "from a week ahead": { ...NOTHING, from: "2027-03-08", page: 1 },
};

const { server, stop } = await startTestServer();
const { DATABASE_URL } = await createTestDatabase(server);
Object.assign(process.env, TEST_ENV, { DATABASE_URL, TRUECONF_GUEST_SEATS: String(2 * PRACTITIONERS) });
const superuser = new URL(DATABASE_URL);
superuser.username = "postgres";
superuser.password = server.superuserPassword;

try {
  const clinic = await openLargeClinic(superuser.href);
  const medians = new Map<string, number[]>();
  say(machine());
  for (const appointments of SIZES) {
    await clinic.growTo(appointments);
    say(`${PRACTITIONERS} practitioners, ${appointments.toLocaleString("en")} appointments`);
    for (const [name, question] of Object.entries(QUESTIONS)) {
      const { p50, p95 } = await measure(() => findDirectoryPage(db(), question, VIEWER, now), RUNS);
      medians.set(name, [...(medians.get(name) ?? []), p50]);
      say(`  ${name}: p50 ${p50.toFixed(1)} ms, p95 ${p95.toFixed(1)} ms`);
    }
  }
  await clinic.close();
  for (const [name, [first = 0, ...more]] of medians) {
    const growth = (more.at(-1) ?? first) / first;
    say(`${name}: ${growth.toFixed(2)} times as long as with ${SIZES[0]?.toLocaleString("en")} appointments`);
    if (growth > MOST_GROWTH) process.exitCode = 1;
  }
} finally {
  await closeDb();
  await stop();
}
