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

/** Vitest's global set-up: one server for the whole run. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { server, stop } = await startTestServer();
  project.provide("server", server);
  return stop;
}
