import { DEMONSTRATION_OWNER, demonstrationSecrets } from "../configuration/demonstration.mjs";
import { typescript } from "../install/prepared.mjs";
import { say } from "../terminal.mjs";
import { runSession } from "./session.mjs";
import { openSurroundings } from "./surroundings.mjs";

/** `npm run worker`: one more worker, also on a machine without a portal. */
export const runWorker = () =>
  runSession({ shared: true }, async (session) => {
    const { env } = await openSurroundings(session);
    const spec = {
      name: `worker-${process.pid}`,
      args: typescript("worker.ts"),
      env,
      logs: session.logs,
      onLine: say,
    };
    session.group.start(spec, { restarts: false });
    await new Promise(() => undefined);
  });

/** `npm run sandbox -- --port 3100 …`: the stand-in for TrueConf Server alone, under the demonstration's credentials. @param {string[]} args */
export const runSandbox = (args) =>
  runSession({ shared: true }, async ({ configuration, group, logs }) => {
    const { TRUECONF_CLIENT_ID, TRUECONF_CLIENT_SECRET } = demonstrationSecrets(configuration.dataDir);
    const account = ["--client-id", TRUECONF_CLIENT_ID, "--owner", DEMONSTRATION_OWNER];
    const spec = {
      name: `sandbox-${process.pid}`,
      args: typescript("lib/trueconf/sandbox/entry.ts", ...account, ...args),
      env: { ...process.env, SANDBOX_CLIENT_SECRET: TRUECONF_CLIENT_SECRET },
      logs,
      onLine: say,
    };
    group.start(spec, { restarts: false });
    await new Promise(() => undefined);
  });

/** `npm run admin:create -- --email … --name …`: makes an administrator and shows the link to their password. @param {string[]} args */
export const createAdministrator = (args) =>
  runSession({ shared: true }, async (session) => {
    const { env } = await openSurroundings(session);
    const spec = {
      name: "create-admin",
      args: typescript("prisma/create-admin.ts", ...args),
      env,
      logs: session.logs,
      isConfidential: true,
    };
    for (const line of await session.group.run(spec, { speaksForItself: true })) say(line);
  });

/** `npm run admin:reset -- --email …`: shows the link with which an administrator sets another password. @param {string[]} args */
export const resetAdministrator = (args) =>
  runSession({ shared: true }, async (session) => {
    const { env } = await openSurroundings(session);
    const spec = {
      name: "reset-admin",
      args: typescript("prisma/reset-admin.ts", ...args),
      env,
      logs: session.logs,
      isConfidential: true,
    };
    for (const line of await session.group.run(spec, { speaksForItself: true })) say(line);
  });

/** `npm run audit:verify`: follows the whole audit trail and says what is wrong with it, and where. @param {string[]} args */
export const verifyAudit = (args) =>
  runSession({ shared: true }, async (session) => {
    const { env } = await openSurroundings(session);
    const spec = {
      name: "verify-audit",
      args: typescript("prisma/verify-audit.ts", ...args),
      env,
      logs: session.logs,
    };
    for (const line of await session.group.run(spec, { speaksForItself: true })) say(line);
  });

/** `npm run keys:rotate -- --to key-2`: seals every text and file under one of `DATA_KEYS`. @param {string[]} args */
export const rotateKeys = (args) =>
  runSession({ shared: true }, async (session) => {
    const { database, env } = await openSurroundings(session);
    const spec = {
      name: "rotate-keys",
      args: typescript("prisma/rotate-keys.ts", ...args),
      env: { ...env, ...database.urls },
      logs: session.logs,
    };
    for (const line of await session.group.run(spec, { speaksForItself: true })) say(line);
  });

/** `npm run retention -- --dry-run`: says what has been kept long enough; without the flag it goes. @param {string[]} args */
export const applyRetention = (args) =>
  runSession({ shared: true }, async (session) => {
    const { database, env } = await openSurroundings(session);
    const spec = {
      name: "retention",
      args: typescript("prisma/retention.ts", ...args),
      env: { ...env, ...database.urls },
      logs: session.logs,
    };
    for (const line of await session.group.run(spec, { speaksForItself: true })) say(line);
  });

/** @param {"erased" | "record"} name @param {string[]} args */
const handOver = (name, args) =>
  runSession({ shared: true }, async (session) => {
    const { env } = await openSurroundings(session);
    const spec = {
      name,
      args: typescript(`prisma/${name}.ts`, ...args),
      env,
      logs: session.logs,
      isConfidential: true,
    };
    for (const line of await session.group.run(spec, { speaksForItself: true })) say(line);
  });

/** `npm run erased -- --find "…"`: the records that are kept of somebody who was erased. @param {string[]} args */
export const handOverErased = (args) => handOver("erased", args);

/** `npm run record -- --find "…"`: everything about a patient, for whoever asks the clinic itself. @param {string[]} args */
export const handOverRecord = (args) => handOver("record", args);
