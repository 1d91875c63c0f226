import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { childEnvironment } from "../configuration/children.mjs";
import { DEMONSTRATION_OWNER } from "../configuration/demonstration.mjs";
import { isOnLoopback } from "../configuration/environment.mjs";
import { choosePortalPort, choosePorts } from "../configuration/ports.mjs";
import { LaunchError } from "../errors.mjs";
import { ensureBuild, typescript } from "../install/prepared.mjs";
import { inPackage } from "../paths.mjs";
import { say, step } from "../terminal.mjs";
import { announce } from "./announcement.mjs";
import { runSession } from "./session.mjs";
import { onSourceChange } from "./watch.mjs";

const READY_PATIENCE_MS = 90_000;

/**
 * `npm start` and, with `development`, `npm run dev`: everything from the packages to a portal that answers, until interrupted.
 *
 * @param {{ development?: boolean }} [options] hot reload instead of a build
 */
export async function runPortal({ development = false } = {}) {
  const since = performance.now();
  await runSession({ withDevelopment: development }, async (session) => {
    const { configuration, group, logs } = session;
    const { mode, dataDir } = configuration;
    const isDemonstration = mode === "demonstration";

    const port = await choosePortalPort(configuration);
    const ports = isDemonstration ? await choosePorts(dataDir, ["sandbox", "mailbox", "smtp"]) : undefined;
    const database = await session.openDatabase();
    const env = childEnvironment(configuration, { database, port, ports, development });
    const tasks = { env, logs };

    if (!isDemonstration) await checkProduction(session, env, database);
    await step("Applying migrations", () => migrate(session, env, database));
    if (!development) await ensureBuild(group, tasks);
    if (isDemonstration) {
      await step("Filling the demonstration", () =>
        group.run(
          { name: "seed", args: typescript("prisma/seed/main.ts"), ...tasks },
          { speaksForItself: true },
        ),
      );
    }
    await step("Starting", async () => {
      if (ports) await startDemonstrationServices(session, env, ports);
      group.start({ name: "worker", args: typescript("worker.ts"), ...tasks }, { restarts: true });
      const onLoopback = isOnLoopback(env.PORTAL_URL ?? "");
      const host = onLoopback ? ["--hostname", "127.0.0.1"] : [];
      const command = [development ? "dev" : "start", "--port", String(port), ...host];
      const args = [inPackage("next", "dist", "bin", "next"), ...command];
      const portal = group.start({ name: "portal", args, ...tasks }, { restarts: false });
      await untilReady(port, portal);
    });
    const setupLink = isDemonstration ? undefined : await findSetupLink(session, env);
    announce({ configuration, env, setupLink, development, seconds: (performance.now() - since) / 1000 });
    if (development) onSourceChange(["lib", "prisma", "worker.ts"], () => group.restart("worker"));
    await new Promise(() => undefined);
  });
}

/**
 * @param {import("./session.mjs").Session} session
 * @param {Record<string, string | undefined>} env
 * @param {import("../configuration/database.mjs").Database} database
 */
export const migrate = ({ group, logs }, env, database) =>
  group.run(
    { name: "migrate", args: typescript("prisma/migrate.ts"), env: { ...env, ...database.urls }, logs },
    { speaksForItself: true },
  );

/**
 * @param {import("./session.mjs").Session} session
 * @param {Record<string, string | undefined>} env
 * @param {import("../configuration/database.mjs").Database} database
 */
async function checkProduction({ group, logs }, env, { urls }) {
  const args = typescript("lib/launcher/check-production.ts");
  const said = await step("Checking the configuration", () =>
    group.run({ name: "check", args, env: { ...env, ...urls }, logs }, { speaksForItself: true }),
  );
  // Lines of JSON are the TrueConf client's own log.
  for (const line of said.filter((text) => !text.startsWith("{"))) say(`  ! ${line}`);
}

/**
 * The mailbox and the sandbox, each waited for: the portal must not find them missing.
 *
 * @param {import("./session.mjs").Session} session
 * @param {Record<string, string | undefined>} env
 * @param {{ sandbox: number, mailbox: number, smtp: number }} ports
 */
async function startDemonstrationServices({ configuration, group, logs }, env, ports) {
  const mailboxArgs = ["--port", String(ports.mailbox), "--smtp-port", String(ports.smtp)];
  await startAnnounced(group, {
    name: "mailbox",
    args: typescript(
      "lib/mail/mailbox/entry.ts",
      ...mailboxArgs,
      "--dir",
      join(configuration.dataDir, "mailbox"),
    ),
    env,
    logs,
  });
  const sandboxArgs = [
    "--port",
    String(ports.sandbox),
    "--portal-origin",
    new URL(env.PORTAL_URL ?? "").origin,
  ];
  const account = ["--client-id", env.TRUECONF_CLIENT_ID ?? "", "--owner", DEMONSTRATION_OWNER];
  await startAnnounced(group, {
    name: "sandbox",
    args: typescript(
      "lib/trueconf/sandbox/entry.ts",
      ...sandboxArgs,
      ...account,
      "--guest-seats",
      env.TRUECONF_GUEST_SEATS ?? "",
    ),
    // In the environment, since a list of processes shows arguments.
    env: { ...env, SANDBOX_CLIENT_SECRET: env.TRUECONF_CLIENT_SECRET },
    logs,
  });
}

/** Starts a child and waits for the line of JSON in which it says where it listens. */
function startAnnounced(
  /** @type {import("../processes/group.mjs").Group} */ group,
  /** @type {import("../processes/child.mjs").ChildSpec} */ spec,
) {
  return new Promise((resolve, reject) => {
    const onLine = (/** @type {string} */ line) => line.startsWith("{") && resolve(undefined);
    const child = group.start({ ...spec, onLine }, { restarts: true });
    void delay(30_000, undefined, { ref: false }).then(() =>
      reject(
        new LaunchError(
          `${spec.name} does not start. The end of its log (${child.logFile}):\n${child.tail()}`,
        ),
      ),
    );
  });
}

/** Waits until the portal says that it can serve. @param {number} port @param {import("../processes/child.mjs").Child} portal */
async function untilReady(port, portal) {
  const deadline = Date.now() + READY_PATIENCE_MS;
  let said = "no answer";
  while (Date.now() < deadline) {
    try {
      const signal = AbortSignal.timeout(5000);
      const answer = await fetch(`http://127.0.0.1:${port}/api/health/ready`, { signal });
      if (answer.ok) return;
      said = `${answer.status} ${(await answer.text()).slice(0, 200)}`;
    } catch {
      // Not listening yet.
    }
    await delay(200);
  }
  throw new LaunchError(
    `The portal does not become ready (/api/health/ready: ${said}). The end of its log (${portal.logFile}):\n${portal.tail()}`,
  );
}

/** An empty clinic's one-time link for its first administrator. @returns {Promise<string | undefined>} */
async function findSetupLink(
  /** @type {import("./session.mjs").Session} */ { group, logs },
  /** @type {Record<string, string | undefined>} */ env,
) {
  const args = typescript("prisma/setup-link.ts");
  const lines = await group.run({ name: "setup-link", args, env, logs, isConfidential: true });
  return lines.find((line) => line.startsWith("http"));
}
