import { childEnvironment } from "../configuration/children.mjs";
import { choosePortalPort, choosePorts } from "../configuration/ports.mjs";
import { ensureBuild, typescript } from "../install/prepared.mjs";
import { startMailbox, startSandbox, startWeb, startWorker } from "../services.mjs";
import { say, step } from "../terminal.mjs";
import { announce } from "./announcement.mjs";
import { runSession } from "./session.mjs";
import { onSourceChange } from "./watch.mjs";

/**
 * @typedef {import("./session.mjs").Session} Session
 * @typedef {import("../configuration/database.mjs").Database} Database
 * @typedef {Record<string, string | undefined>} Environment
 */

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
    const surroundings = { env, logs };

    if (!isDemonstration) await checkProduction(session, env, database);
    await step("Applying migrations", () => migrate(session, env, database));
    if (!development) await ensureBuild(group, surroundings);
    if (isDemonstration) await step("Filling the demonstration", () => seed(session, env));
    await step("Starting", async () => {
      if (ports) {
        await startMailbox(group, surroundings, { http: ports.mailbox, smtp: ports.smtp, dataDir });
        await startSandbox(group, surroundings, { port: ports.sandbox });
      }
      startWorker(group, surroundings);
      await startWeb(group, surroundings, { development });
    });
    const setupLink = isDemonstration ? undefined : await findSetupLink(session, env);
    announce({ configuration, env, setupLink, development, seconds: (performance.now() - since) / 1000 });
    if (development) onSourceChange(["lib", "prisma", "worker.ts"], () => group.restart("worker"));
    await new Promise(() => undefined);
  });
}

/** @param {Session} session @param {Environment} env @param {Database} database */
export const migrate = ({ group, logs }, env, { urls }) =>
  group.run(
    { name: "migrate", args: typescript("prisma/migrate.ts"), env: { ...env, ...urls }, logs },
    { speaksForItself: true },
  );

/** @param {Session} session @param {Environment} env */
export const seed = ({ group, logs }, env) =>
  group.run({ name: "seed", args: typescript("prisma/seed/main.ts"), env, logs }, { speaksForItself: true });

/** @param {Session} session @param {Environment} env @param {Database} database */
async function checkProduction({ group, logs }, env, { urls }) {
  const args = typescript("lib/launcher/check-production.ts");
  const said = await step("Checking the configuration", () =>
    group.run({ name: "check", args, env: { ...env, ...urls }, logs }, { speaksForItself: true }),
  );
  // Lines of JSON are the TrueConf client's own log.
  for (const line of said.filter((text) => !text.startsWith("{"))) say(`  ! ${line}`);
}

/** An empty clinic's one-time link for its first administrator. @param {Session} session @param {Environment} env */
async function findSetupLink({ group, logs }, env) {
  const args = typescript("prisma/setup-link.ts");
  const lines = await group.run({ name: "setup-link", args, env, logs, isConfidential: true });
  return lines.find((line) => line.startsWith("http"));
}
