import { readFileSync } from "node:fs";
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

const { portal, stop } = await openPortal();

/** Kilobytes in memory and seconds of CPU so far, of the portal's process. Only Linux says so in files. */
function usage(): { kb: number; seconds: number } | undefined {
  if (process.platform !== "linux" || portal.pid === undefined) return undefined;
  const status = readFileSync(`/proc/${portal.pid}/status`, "utf8");
  const times = readFileSync(`/proc/${portal.pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
  // utime and stime, the 14th and 15th fields, in hundredths of a second (proc(5)).
  const ticks = Number(times[11]) + Number(times[12]);
  return { kb: Number(status.match(/^VmRSS:\s+(\d+)/m)?.[1]), seconds: ticks / 100 };
}

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

  const before = usage();
  const crowd = rooms.slice(0, ROOMS);
  const pages = await openAll(crowd);
  const idle = usage();
  await delay(IDLE_SECONDS * 1000);
  const after = usage();
  const among = await measureStarts(crowd, pages);

  say(machine());
  if (before && idle && after) {
    say(
      `${ROOMS} open waiting rooms: ${((after.kb - before.kb) / ROOMS).toFixed(0)} KB each after ${IDLE_SECONDS} s (goal ${GOAL_KB} KB)`,
    );
    const share = ((after.seconds - idle.seconds) / IDLE_SECONDS) * 100;
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
