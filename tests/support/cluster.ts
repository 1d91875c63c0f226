import type { TestProject } from "vitest/node";
import { newPassword, provisionDatabase } from "@/lib/launcher/postgres/roles.mjs";
import { openScratchCluster } from "@/lib/launcher/postgres/scratch.mjs";
import { prepareDatabase } from "@/prisma/migrate";
import type { TestServer } from "./database";

declare module "vitest" {
  interface ProvidedContext {
    server: TestServer;
  }
}

const TEMPLATE = "migrated";

/** A PostgreSQL of its own with one migrated database, and how to reach it. */
export async function startTestServer(): Promise<{ server: TestServer; stop: () => Promise<void> }> {
  const cluster = await openScratchCluster();
  const passwords = { owner: newPassword(), application: newPassword() };
  try {
    await prepareDatabase(await provisionDatabase(cluster, { ...passwords, database: TEMPLATE }));
  } catch (error) {
    await cluster.stop();
    throw error;
  }
  const server = {
    port: cluster.port,
    superuserPassword: decodeURIComponent(new URL(cluster.superuserUrl).password),
    ownerPassword: passwords.owner,
    applicationPassword: passwords.application,
    template: TEMPLATE,
  };
  return { server, stop: cluster.stop };
}

type Shared = { users: number; started?: ReturnType<typeof startTestServer> };

/** Vitest loads this file once for each of its projects. */
const everywhere = globalThis as { testServer?: Shared };
everywhere.testServer ??= { users: 0 };
const shared = everywhere.testServer;

/** Vitest's global set-up: one server for the whole run. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  shared.users += 1;
  shared.started ??= startTestServer();
  const { server, stop } = await shared.started;
  project.provide("server", server);
  return async () => {
    shared.users -= 1;
    if (shared.users === 0) await stop();
  };
}
