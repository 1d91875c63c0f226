import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { anyFreePort, isFree } from "../ports.mjs";
import { choosePortalPort, choosePorts, rememberPorts } from "./ports.mjs";

function directory(): string {
  const path = mkdtempSync(join(tmpdir(), "portal-"));
  onTestFinished(() => rmSync(path, { recursive: true }));
  return path;
}

async function occupy(host = "127.0.0.1"): Promise<number> {
  const server = createServer();
  const port = await anyFreePort();
  await new Promise<void>((resolve) => server.listen({ host, port }, resolve));
  onTestFinished(() => void server.close());
  return port;
}

const configuration = (mode: "demonstration" | "production", given: Record<string, string>) => ({
  mode,
  given,
  dataDir: directory(),
  embedded: true,
});

describe("ports", () => {
  it.each(["127.0.0.1", "0.0.0.0", "::1"])("are taken when somebody listens on %s", async (host) => {
    expect(await isFree(await occupy(host))).toBe(false);
  });

  it("are given out once each, where nobody's connection begins", async () => {
    const ports = await Promise.all(Array.from({ length: 20 }, anyFreePort));
    expect(new Set(ports).size).toBe(20);
    for (const port of ports) expect(port).toBeLessThan(32_768);
  });

  it("of the parts differ, are the same next time, and give way to a stranger", async () => {
    const dataDir = directory();
    const first = await choosePorts(dataDir, ["sandbox", "mailbox", "smtp"]);
    expect(new Set(Object.values(first)).size).toBe(3);
    expect(await choosePorts(dataDir, ["sandbox", "mailbox", "smtp"])).toEqual(first);
    const taken = await occupy();
    rememberPorts(dataDir, { mailbox: taken });
    expect((await choosePorts(dataDir, ["mailbox"])).mailbox).not.toBe(taken);
  });

  it("of the portal are PORT's, else PORTAL_URL's", async () => {
    const [one, other] = [await anyFreePort(), await anyFreePort()];
    const given = { PORT: String(one), PORTAL_URL: `http://localhost:${other}` };
    expect(await choosePortalPort(configuration("demonstration", given))).toBe(one);
    const { PORTAL_URL } = given;
    expect(await choosePortalPort(configuration("demonstration", { PORTAL_URL }))).toBe(other);
  });

  it.each(["demonstration", "production"] as const)(
    "that were asked for and are taken are named in %s",
    async (mode) => {
      const port = await occupy();
      const asked = choosePortalPort(configuration(mode, { PORT: String(port) }));
      await expect(asked).rejects.toThrow(`Port ${port} is taken`);
    },
  );

  it("must be numbers", async () => {
    await expect(choosePortalPort(configuration("production", { PORT: "web" }))).rejects.toThrow(
      "PORT must be",
    );
  });
});
