import { existsSync, mkdirSync, rmSync } from "node:fs";
import { LaunchError } from "@/lib/launcher/errors.mjs";
import { typescript } from "@/lib/launcher/install/prepared.mjs";
import { inRoot } from "@/lib/launcher/paths.mjs";
import { anyFreePort } from "@/lib/launcher/ports.mjs";
import { createGroup } from "@/lib/launcher/processes/group.mjs";
import { startMailbox, startSandbox, startWeb, startWorker } from "@/lib/launcher/services.mjs";
import { createTestDatabase, type TestServer } from "./database";
import { TEST_ENV } from "./env";

/** Where a running portal is found, as plain data. */
export type PortalAddresses = {
  url: string;
  mailboxUrl: string;
  sandboxUrl: string;
  DATABASE_URL: string;
  DATABASE_OWNER_URL: string;
};

export type TestPortal = PortalAddresses & {
  /** The web server's process. */
  pid: number | undefined;
  /** Ends a process by name and begins it anew, as after a deployment. */
  restart: (name: "worker" | "sandbox" | "mailbox") => Promise<void>;
  stop: () => Promise<void>;
};

export type PortalOptions = {
  /** Fills it with the demonstration's invented clinic. */
  seeded?: boolean;
  /** A worker sends mails and makes conferences; a test of what happens without one leaves it out. */
  withWorker?: boolean;
  /** What differs from the tests' configuration. */
  env?: Readonly<Record<string, string>>;
};

/**
 * A whole portal as `npm start` would start it, from the present build, on ports of its own and with a database of its own: mailbox,
 * sandbox, worker and web server. Several may run at once.
 */
export async function startPortal(
  server: TestServer,
  { seeded = false, withWorker = true, env: more = {} }: PortalOptions = {},
): Promise<TestPortal> {
  if (!existsSync(inRoot(".next", "BUILD_ID")))
    throw new LaunchError("There is no build: npm test -- e2e makes one.");
  const database = await createTestDatabase(server);
  const port = await anyFreePort();
  const [http, smtp, sandbox] = [await anyFreePort(), await anyFreePort(), await anyFreePort()];
  const dataDir = inRoot(".cache", `portal-${process.pid}-${port}`);
  mkdirSync(dataDir, { recursive: true });
  const env = {
    ...process.env,
    ...TEST_ENV,
    NODE_ENV: "production",
    LOG_LEVEL: "info",
    DATABASE_URL: database.DATABASE_URL,
    DATABASE_OWNER_URL: "",
    PORTAL_URL: `http://localhost:${port}`,
    PORT: String(port),
    DATA_DIR: dataDir,
    TRUECONF_URL: `http://127.0.0.1:${sandbox}`,
    SMTP_URL: `smtp://127.0.0.1:${smtp}`,
    MAILBOX_URL: `http://127.0.0.1:${http}`,
    ...more,
  };
  const surroundings = { env, logs: `${dataDir}/logs` };
  let failure: Error | undefined;
  const group = createGroup((error) => {
    failure = error;
  });
  const stop = async () => {
    await group.stop();
    await database.drop();
    // The logs stay where something went wrong.
    if (!failure) rmSync(dataDir, { recursive: true, force: true });
  };
  try {
    if (seeded) await group.run({ name: "seed", args: typescript("prisma/seed/main.ts"), ...surroundings });
    await startMailbox(group, surroundings, { http, smtp, dataDir });
    await startSandbox(group, surroundings, { port: sandbox });
    if (withWorker) startWorker(group, surroundings);
    await startWeb(group, surroundings);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    url: env.PORTAL_URL,
    mailboxUrl: env.MAILBOX_URL,
    sandboxUrl: env.TRUECONF_URL,
    DATABASE_URL: database.DATABASE_URL,
    DATABASE_OWNER_URL: database.DATABASE_OWNER_URL,
    pid: group.pidOf("portal"),
    restart: (name) => group.restart(name),
    stop,
  };
}
