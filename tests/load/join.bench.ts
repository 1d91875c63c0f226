import { closeDb } from "@/lib/db/client";
import { machine, measure, say } from "./report";
import {
  join,
  makeRooms,
  type OpenRoom,
  openPortal,
  openRoom,
  start,
  type WaitingRoom,
} from "./waiting-rooms";

/*
 * What a join costs: over HTTP, from a personal link's token to a minted way in, beside what TrueConf alone takes for the same
 * answer. And how soon after the practitioner's click the patient's link is there, with the patient's page open in a waiting room.
 *
 * Goals: at most 5 ms of our own at the median, one request to TrueConf for each join, and 300 ms from start to link.
 */
const VISITS = 60;
/** Few enough for the sandbox's log of requests, and for the limit of joins a minute, which counts by visit. */
const JOINS = { runs: 800, warmUp: 100 };
const STARTS = { runs: 20, warmUp: 2 };
const GOAL_OWN_MS = 5;
const GOAL_START_MS = 300;
/** A join is a handful of queries; one that took fifty times as long as TrueConf's answer would be something else. */
const BOUND = 50;

const { portal, stop } = await openPortal();
const ask = (path: string, method = "GET") =>
  fetch(`${portal.sandboxUrl}${path}`, { method, headers: { "Content-Type": "application/json" } });

try {
  const rooms = await makeRooms(VISITS + STARTS.runs + STARTS.warmUp);
  const running = rooms.slice(0, VISITS);
  for (const room of running) await start(room);

  const { conferences } = (await (await ask("/_sandbox/state")).json()) as { conferences: { id: string }[] };
  const query = new URLSearchParams({
    call_id: conferences[0]?.id ?? "",
    case: "join_conference_button",
    user: "2$g_bench*Bench",
    lang: "en",
  });
  const upstream = await measure(
    async () => (await ask(`/api/v3.11/software/clients?${query}`)).arrayBuffer(),
    JOINS,
  );

  await ask("/_sandbox/requests", "DELETE");
  let joined = 0;
  const whole = await measure(() => join(portal, running[joined++ % VISITS]!), JOINS);
  const { requests } = (await (await ask("/_sandbox/requests")).json()) as { requests: { path: string }[] };
  const asked = requests.filter(({ path }) => path.startsWith("/api/")).length;

  // The patient's page is open before the clock runs: what is measured is from the click to the way in.
  const waiting: { room: WaitingRoom; page: OpenRoom }[] = [];
  for (const room of rooms.slice(VISITS)) waiting.push({ room, page: await openRoom(portal, room) });
  let begun = 0;
  const reached = await measure(async () => {
    const { room, page } = waiting[begun++]!;
    await Promise.all([start(room), page.saw("in_progress").then(() => join(portal, room))]);
    page.close();
  }, STARTS);

  say(machine());
  say(`join over HTTP: p50 ${whole.p50.toFixed(1)} ms, p95 ${whole.p95.toFixed(1)} ms`);
  say(`TrueConf's answer alone, over HTTP too: p50 ${upstream.p50.toFixed(1)} ms`);
  say(`our own: p50 ${(whole.p50 - upstream.p50).toFixed(1)} ms (goal ${GOAL_OWN_MS} ms)`);
  say(`requests to TrueConf: ${asked} for ${joined} joins`);
  say(
    `start → patient's link: p50 ${reached.p50.toFixed(0)} ms, p95 ${reached.p95.toFixed(0)} ms (goal ${GOAL_START_MS} ms)`,
  );
  if (asked !== joined) throw new Error("a join makes exactly one request to TrueConf");
  if (whole.p50 > BOUND * upstream.p50) throw new Error("a join takes far longer than TrueConf's answer");
} finally {
  await closeDb();
  await stop();
}
