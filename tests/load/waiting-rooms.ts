import { existsSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join as joinPath } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { Temporal } from "temporal-polyfill";
import { newId, newToken } from "@/lib/core/ids";
import { db } from "@/lib/db/client";
import { hashToken } from "@/lib/security/tokens";
import { toDate } from "@/lib/time/instant";
import { startVisit } from "@/lib/visits/mutations/start";
import { startTestServer } from "../support/cluster";
import { TEST_ENV } from "../support/env";
import { makePatient, makePractitioner, makeVisitType } from "../support/factories";
import { startPortal, type TestPortal } from "../support/portal";
import { visitRows } from "../support/visit-rows";

/** A visit that its patient may wait for now, by personal link. */
export type WaitingRoom = { appointmentId: string; token: string };

/** Enough for everybody; the sandbox wants a number. */
const SEATS = { TRUECONF_GUEST_SEATS: "10000" };

/** What the portal's process uses: bytes, with its rubbish collected, and seconds of CPU so far, before and after the collection. */
export type Usage = { rss: number; heapUsed: number; cpuBefore: number; cpuAfter: number };

/** A portal of its own from the present build, to whose database and sandbox this process's functions speak too. */
export async function openPortal(): Promise<{
  portal: TestPortal;
  /** Nothing where processes have no signals. */
  measure: () => Promise<Usage | undefined>;
  stop: () => Promise<void>;
}> {
  const { server, stop } = await startTestServer();
  // Without a worker: it would open conferences for everybody while the clock runs.
  const NODE_OPTIONS = `--require ${JSON.stringify(fileURLToPath(new URL("collect.cjs", import.meta.url)))}`;
  const MEASURE_TO = joinPath(tmpdir(), `portal-usage-${process.pid}.json`);
  const env = { ...SEATS, NODE_OPTIONS, MEASURE_TO };
  const portal = await startPortal(server, { withWorker: false, env });
  const { DATABASE_URL, DATABASE_OWNER_URL, sandboxUrl, url } = portal;
  Object.assign(process.env, TEST_ENV, {
    DATABASE_URL,
    DATABASE_OWNER_URL,
    PORTAL_URL: url,
    TRUECONF_URL: sandboxUrl,
    ...SEATS,
  });
  return {
    portal,
    measure: async () => {
      if (process.platform === "win32" || portal.pid === undefined) return undefined;
      process.kill(portal.pid, "SIGUSR2");
      while (!existsSync(MEASURE_TO)) await delay(20);
      const usage = JSON.parse(readFileSync(MEASURE_TO, "utf8")) as Usage;
      rmSync(MEASURE_TO);
      return usage;
    },
    stop: async () => {
      await portal.stop();
      await stop();
    },
  };
}

/** A long day of a practitioner, all of which is read for what is to be expected of each visit. */
const VISITS_A_DAY = 20;

/**
 * So many visits of one patient that begin in ten minutes, some for each practitioner; without claims, of which there could be only one
 * at a time.
 */
export async function makeRooms(count: number): Promise<WaitingRoom[]> {
  const now = Temporal.Now.instant();
  const visitType = await makeVisitType(db(), { now });
  const patient = await makePatient(db(), { now });
  const rooms: WaitingRoom[] = [];
  const startAt = now.add({ minutes: 10 });
  const rows: ReturnType<typeof visitRows>[] = [];
  while (rows.length < count) {
    const practitioner = await makePractitioner(db(), { now, visitTypeIds: [visitType.id] });
    for (let n = 0; n < VISITS_A_DAY && rows.length < count; n += 1)
      rows.push(visitRows({ now, practitioner, patient, visitType, startAt }));
  }
  await db().appointment.createMany({ data: rows.map(({ appointment }) => appointment) });
  await db().encounter.createMany({ data: rows.map(({ encounter }) => encounter) });
  await db().accessLink.createMany({
    data: rows.map(({ appointment: { id } }) => {
      const token = newToken();
      rooms.push({ appointmentId: id ?? "", token });
      return {
        id: newId(),
        purpose: "visit" as const,
        appointmentId: id ?? null,
        tokenHash: hashToken(token),
        createdAt: toDate(now),
      };
    }),
  });
  return rooms;
}

/** Starts a visit as its practitioner would, through the domain's function. */
export async function start({ appointmentId }: WaitingRoom): Promise<void> {
  const started = await startVisit({ kind: "system" }, appointmentId, "en", Temporal.Now.instant());
  if (!started.ok) throw new Error(`not started: ${started.reason}`);
}

/** What a page of a visit asks the portal, with the link's token in the body. */
const post = (portal: TestPortal, path: string, body: object, signal?: AbortSignal) =>
  fetch(`${portal.url}${path}`, {
    method: "POST",
    headers: { "Content-Type": "application/json", Origin: portal.url },
    body: JSON.stringify(body),
    ...(signal ? { signal } : {}),
  });

/** A patient's way in. @throws where there is none */
export async function join(portal: TestPortal, { appointmentId, token }: WaitingRoom): Promise<void> {
  const answer = await post(portal, `/api/visits/${appointmentId}/join`, { token });
  if (!answer.ok) throw new Error(`not let in: ${answer.status} ${await answer.text()}`);
  await answer.arrayBuffer();
}

/** As often as a page says that it is still there. */
const PULSE_MS = 25_000;

/** An open waiting room: the live stream that its page holds. */
export type OpenRoom = {
  /** Resolves once the page is told that its visit is in this phase. */
  saw: (phase: string) => Promise<void>;
  close: () => void;
};

/** Opens the stream of a waiting room; resolves when its first state is there. */
export async function openRoom(portal: TestPortal, room: WaitingRoom): Promise<OpenRoom> {
  const leave = new AbortController();
  const keys = [{ key: `appointment:${room.appointmentId}`, token: room.token }];
  const answer = await post(portal, "/api/live", { keys }, leave.signal);
  if (!answer.ok || !answer.body) throw new Error(`no stream: ${answer.status}`);
  const stream = answer.headers.get("x-live-stream");
  const pulse = setInterval(() => {
    post(portal, "/api/live/here", { stream }, leave.signal).catch(() => undefined);
  }, PULSE_MS);
  pulse.unref();
  leave.signal.addEventListener("abort", () => clearInterval(pulse));
  const phases = new Set<string>();
  let notice: () => void = () => undefined;
  const reading = (async () => {
    const decoder = new TextDecoder();
    let rest = "";
    for await (const bytes of answer.body as unknown as AsyncIterable<Uint8Array>) {
      const events = (rest + decoder.decode(bytes, { stream: true })).split("\n\n");
      rest = events.pop() ?? "";
      for (const event of events) {
        const phase = event.match(/"phase":"([a-z_]+)"/)?.[1];
        if (phase) phases.add(phase);
      }
      notice();
    }
  })();
  reading.catch(() => undefined);
  const until = (isDone: () => boolean) =>
    new Promise<void>((resolve, reject) => {
      const look = () => isDone() && resolve();
      notice = look;
      reading.catch(reject);
      look();
    });
  await until(() => phases.size > 0);
  return { saw: (phase) => until(() => phases.has(phase)), close: () => leave.abort() };
}
