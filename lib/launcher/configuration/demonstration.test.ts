import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { parseEnv } from "@/lib/core/env";
import { childEnvironment } from "./children.mjs";
import { demonstrationSecrets } from "./demonstration.mjs";

function environment(mode: "demonstration" | "production") {
  const dataDir = mkdtempSync(join(tmpdir(), "portal-"));
  onTestFinished(() => rmSync(dataDir, { recursive: true }));
  const urls = {
    DATABASE_URL: "postgresql://portal_app@127.0.0.1/portal",
    DATABASE_OWNER_URL: "postgresql://portal_owner@127.0.0.1/portal",
  };
  const configuration = {
    mode,
    dataDir,
    embedded: true,
    given: { CLINIC_NAME: "Ours", TRUECONF_SECRET_KEY: "x" },
  };
  const found = {
    database: { urls, stop: async () => undefined },
    port: 3007,
    ports: { sandbox: 1, mailbox: 2, smtp: 3 },
  };
  return { dataDir, env: childEnvironment(configuration, found) };
}

describe("the demonstration's configuration", () => {
  it("is whole, on this machine, and keeps what the person chose", () => {
    const parsed = parseEnv(environment("demonstration").env);
    expect(parsed).toMatchObject({
      PORTAL_MODE: "demonstration",
      PORTAL_URL: "http://localhost:3007",
      TRUECONF_WEB_ORIGIN: "http://127.0.0.1:1",
      TRUECONF_GUEST_SEATS: 20,
      CLINIC_NAME: "Ours",
      TRUECONF_SECRET_KEY: undefined,
    });
  });

  it("never tells the portal of the database's owner", () => {
    expect(parseEnv(environment("demonstration").env).DATABASE_OWNER_URL).toBeUndefined();
  });

  it("is refused by production, secret by secret", () => {
    expect(() => parseEnv(environment("production").env)).toThrow(
      /AUTH_SECRET is the demonstration's[\s\S]*TRUECONF_CLIENT_SECRET is[\s\S]*DATA_KEYS are the demonstration's/,
    );
  });

  it("keeps its secrets, for this user alone", () => {
    const { dataDir } = environment("demonstration");
    expect(demonstrationSecrets(dataDir)).toEqual(demonstrationSecrets(dataDir));
    expect(statSync(join(dataDir, "demonstration.json")).mode & 0o777).toBe(0o600);
  });
});
