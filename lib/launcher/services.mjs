import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { DEMONSTRATION_OWNER } from "./configuration/demonstration.mjs";
import { isOnLoopback } from "./configuration/environment.mjs";
import { LaunchError } from "./errors.mjs";
import { typescript } from "./install/prepared.mjs";
import { inPackage } from "./paths.mjs";

const LISTEN_PATIENCE_MS = 30_000;
const READY_PATIENCE_MS = 90_000;

/**
 * The processes of a portal, for the launcher and for tests alike.
 *
 * @typedef {object} Surroundings
 * @property {Record<string, string | undefined>} env what the processes find in their environment
 * @property {string} logs the directory of their logs
 *
 * @typedef {import("./processes/group.mjs").Group} Group
 */

/**
 * Starts a child and waits for the line of JSON in which it says where it listens.
 *
 * @param {Group} group
 * @param {import("./processes/child.mjs").ChildSpec} spec
 */
async function startListener(group, spec) {
  /** @type {(line: string) => void} */
  let hear = () => undefined;
  const heard = new Promise((resolve) => {
    hear = (line) => line.startsWith("{") && resolve(true);
  });
  const child = group.start({ ...spec, onLine: hear }, { restarts: true });
  if (await Promise.race([heard, delay(LISTEN_PATIENCE_MS, false, { ref: false })])) return;
  throw new LaunchError(
    `${spec.name} does not start. The end of its log (${child.logFile}):\n${child.tail()}`,
  );
}

/**
 * The mailbox that takes the demonstration's mail.
 *
 * @param {Group} group
 * @param {Surroundings} surroundings
 * @param {{ http: number, smtp: number, dataDir: string }} options its ports, and where the mails are kept
 */
export const startMailbox = (group, { env, logs }, { http, smtp, dataDir }) =>
  startListener(group, {
    name: "mailbox",
    args: typescript(
      "lib/mail/mailbox/entry.ts",
      ...["--port", String(http), "--smtp-port", String(smtp), "--dir", join(dataDir, "mailbox")],
    ),
    env,
    logs,
  });

/**
 * The stand-in for TrueConf Server, under the credentials of the portal's own environment.
 *
 * @param {Group} group
 * @param {Surroundings} surroundings
 * @param {{ port: number }} options
 */
export const startSandbox = (group, { env, logs }, { port }) =>
  startListener(group, {
    name: "sandbox",
    args: typescript(
      "lib/trueconf/sandbox/entry.ts",
      ...["--port", String(port), "--portal-origin", new URL(env.PORTAL_URL ?? "").origin],
      ...["--client-id", env.TRUECONF_CLIENT_ID ?? "", "--owner", DEMONSTRATION_OWNER],
      ...["--guest-seats", env.TRUECONF_GUEST_SEATS ?? ""],
    ),
    // In the environment, since a list of processes shows arguments.
    env: { ...env, SANDBOX_CLIENT_SECRET: env.TRUECONF_CLIENT_SECRET },
    logs,
  });

/** @param {Group} group @param {Surroundings} surroundings */
export const startWorker = (group, { env, logs }) =>
  group.start({ name: "worker", args: typescript("worker.ts"), env, logs }, { restarts: true });

/**
 * The portal itself. It listens on loopback alone where its address leads there.
 *
 * @param {Group} group
 * @param {Surroundings} surroundings
 * @param {{ development?: boolean }} [options] hot reload instead of a build
 * @returns {Promise<void>} when it can serve
 * @throws {LaunchError} when it cannot, with what its health says
 */
export async function startWeb(group, { env, logs }, { development = false } = {}) {
  const port = env.PORT ?? "";
  const host = isOnLoopback(env.PORTAL_URL ?? "") ? ["--hostname", "127.0.0.1"] : [];
  const command = [development ? "dev" : "start", "--port", port, ...host];
  const args = [inPackage("next", "dist", "bin", "next"), ...command];
  // next-auth asks for its address under a name of its own, and would else take it from what each request says.
  const surroundings = { env: { ...env, NEXTAUTH_URL: env.PORTAL_URL }, logs };
  const child = group.start({ name: "portal", args, ...surroundings }, { restarts: false });

  const deadline = performance.now() + READY_PATIENCE_MS;
  let said = "no answer";
  while (performance.now() < deadline && child.isRunning()) {
    try {
      const signal = AbortSignal.timeout(10_000);
      const answer = await fetch(`http://127.0.0.1:${port}/api/health/ready`, { signal });
      if (answer.ok) return;
      said = `${answer.status} ${(await answer.text()).slice(0, 200)}`;
    } catch {
      // Not listening yet.
    }
    await delay(200);
  }
  throw new LaunchError(
    `The portal does not become ready (/api/health/ready: ${said}). The end of its log (${child.logFile}):\n${child.tail()}`,
  );
}
