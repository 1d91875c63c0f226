import { setTimeout as delay } from "node:timers/promises";
import { closeDb } from "@/lib/db/client";
import { machine, measure, say } from "./report";
import { makeRooms, type OpenRoom, openPortal, openRoom, start, type WaitingRoom } from "./waiting-rooms";

/*
 * Waiting rooms in one process: what each costs in memory, what all of them cost in CPU while nothing happens, and how soon a start
 * reaches its patient among them, beside how soon it does when nobody else waits.
 *
 * Goal: 100 KB each. A bare stream of the framework costs about 84.
 */
const ROOMS = 2_000;
const AT_ONCE = 20;
const STARTS = { runs: 20, warmUp: 2 };
const IDLE_SECONDS = 20;
const GOAL_KB = 100;
/** Whoever waits alone is told at once; a crowd may cost some of that, and no more. */
const BOUND = 20;

const { portal, measure: usage, stop } = await openPortal();

async function openAll(rooms: readonly WaitingRoom[]): Promise<OpenRoom[]> {
  const queue = rooms.entries();
  const open: OpenRoom[] = [];
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (const [at, room] of queue) open[at] = await openRoom(portal, room);
    }),
  );
  return open;
}

/** From a start's commit to its page being told. */
function measureStarts(rooms: readonly WaitingRoom[], pages: readonly OpenRoom[]) {
  let at = 0;
  return measure(async () => {
    const [room, page] = [rooms[at]!, pages[at]!];
    at += 1;
    await Promise.all([start(room), page.saw("in_progress")]);
  }, STARTS);
}

try {
  const each = STARTS.runs + STARTS.warmUp;
  const rooms = await makeRooms(ROOMS + each);
  const few = rooms.slice(ROOMS);
  const alone = await measureStarts(few, await openAll(few));

  const before = await usage();
  const crowd = rooms.slice(0, ROOMS);
  const pages = await openAll(crowd);
  const idle = await usage();
  await delay(IDLE_SECONDS * 1000);
  const after = await usage();
  const among = await measureStarts(crowd, pages);

  say(machine());
  if (before && idle && after) {
    const kb = (key: "rss" | "heapUsed") => ((after[key] - before[key]) / ROOMS / 1024).toFixed(0);
    say(`${ROOMS} open waiting rooms hold ${kb("heapUsed")} KB each (goal ${GOAL_KB} KB)`);
    say(`the process has grown by ${kb("rss")} KB for each`);
    const share = ((after.cpuBefore - idle.cpuAfter) / IDLE_SECONDS) * 100;
    say(`CPU while nothing happens: ${share.toFixed(1)} % of one core`);
  } else {
    say("memory and CPU: not measured on this system");
  }
  say(`a start reaches its patient: p50 ${among.p50.toFixed(0)} ms, p95 ${among.p95.toFixed(0)} ms`);
  say(`the same with nobody else waiting: p50 ${alone.p50.toFixed(0)} ms, p95 ${alone.p95.toFixed(0)} ms`);
  for (const page of pages) page.close();
  if (among.p50 > BOUND * alone.p50) throw new Error("a start is slow to reach its patient among many");
} finally {
  await closeDb();
  await stop();
}
