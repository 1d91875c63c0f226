import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { anyFreePort } from "@/lib/launcher/ports.mjs";
import { openCluster, removeCluster } from "@/lib/launcher/postgres/cluster.mjs";
import { provisionDatabase } from "@/lib/launcher/postgres/roles.mjs";

const NAME = "server";

/** Where a server goes; whatever runs there at the end of the test is removed. */
async function place() {
  const parent = mkdtempSync(join(tmpdir(), "cluster-"));
  chmodSync(parent, 0o755);
  const options = {
    parent,
    name: NAME,
    password: "a secret",
    durable: false,
    preferredPort: await anyFreePort(),
  };
  onTestFinished(async () => {
    await removeCluster(options);
    rmSync(parent, { recursive: true, force: true });
  });
  return options;
}

async function ask(connectionString: string, sql: string): Promise<pg.QueryResultRow[]> {
  const client = new pg.Client({ connectionString });
  client.on("error", () => undefined);
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

const pidOf = (home: string) =>
  Number(readFileSync(join(home, "data", "postmaster.pid"), "utf8").split("\n")[0]);

describe("the embedded PostgreSQL", () => {
  it("listens on this machine alone, by password, in UTC, and is gone after its stop", async () => {
    const cluster = await openCluster(await place());
    const settings = await ask(
      cluster.superuserUrl,
      "SELECT name, setting FROM pg_settings WHERE name IN ('listen_addresses', 'unix_socket_directories', 'TimeZone', 'log_min_error_statement') ORDER BY lower(name)",
    );
    expect(settings.map(({ setting }) => setting)).toEqual(["127.0.0.1", "panic", "UTC", ""]);
    await expect(ask(cluster.url("postgres", "a guess", "postgres"), "SELECT 1")).rejects.toMatchObject({
      code: "28P01",
    });
    await cluster.stop();
    await expect(ask(cluster.superuserUrl, "SELECT 1")).rejects.toMatchObject({ code: "ECONNREFUSED" });
  });

  it("is adopted when a killed launcher left it running, with all its data", async () => {
    const options = await place();
    const first = await openCluster(options);
    await ask(first.superuserUrl, "CREATE TABLE kept AS SELECT 1 AS n");
    const second = await openCluster({ ...options, preferredPort: await anyFreePort() });
    expect(second).toMatchObject({ adopted: true, port: first.port });
    expect(await ask(second.superuserUrl, "SELECT n FROM kept")).toEqual([{ n: 1 }]);
  });

  it("starts again after it was killed itself, with all that was committed", async () => {
    const options = { ...(await place()), durable: true };
    const first = await openCluster(options);
    await ask(first.superuserUrl, "CREATE TABLE kept AS SELECT 1 AS n");
    process.kill(pidOf(first.home), "SIGKILL");
    const second = await openCluster(options);
    expect(second.adopted).toBe(false);
    expect(await ask(second.superuserUrl, "SELECT n FROM kept")).toEqual([{ n: 1 }]);
  });

  it("is not kept from starting by a pid file whose number belongs to another program", async () => {
    const options = await place();
    const first = await openCluster(options);
    await first.stop();
    const file = join(first.home, "data", "postmaster.pid");
    writeFileSync(file, `${process.pid}\n${first.home}/data\n1790000000\n${first.port}\n\n127.0.0.1\n`);
    expect((await openCluster(options)).adopted).toBe(false);
  });

  it("takes another port when its own is taken", async () => {
    const options = await place();
    const stranger = await openCluster(await place());
    const cluster = await openCluster({ ...options, preferredPort: stranger.port });
    expect(cluster.port).not.toBe(stranger.port);
  });

  it("is made anew when its making was cut off", async () => {
    const options = await place();
    mkdirSync(join(options.parent, NAME, "data.unfinished", "base"), { recursive: true });
    const cluster = await openCluster(options);
    expect(existsSync(join(cluster.home, "data.unfinished"))).toBe(false);
  });

  it("says so when the password is another one", async () => {
    const options = await place();
    await (await openCluster(options)).stop();
    await expect(openCluster({ ...options, password: "another" })).rejects.toThrow(
      /does not know the password/,
    );
  });

  it("gets its roles again as they should be, however often", async () => {
    const cluster = await openCluster(await place());
    await provisionDatabase(cluster, { owner: "one", application: "two" });
    const urls = await provisionDatabase(cluster, { owner: "three", application: "four" });
    expect(await ask(urls.DATABASE_URL, "SELECT current_user AS role")).toEqual([{ role: "portal_app" }]);
    await expect(ask(urls.DATABASE_URL, "CREATE TABLE mine ()")).rejects.toMatchObject({ code: "42501" });
    await vi.waitFor(async () =>
      expect(await ask(urls.DATABASE_OWNER_URL, "SHOW timezone")).toEqual([{ TimeZone: "UTC" }]),
    );
  });
});
