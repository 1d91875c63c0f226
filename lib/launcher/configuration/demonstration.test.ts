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
      /AUTH_SECRET is the demonstration's[\s\S]*AUDIT_KEY is the demonstration's[\s\S]*TRUECONF_CLIENT_SECRET is[\s\S]*DATA_KEYS are the demonstration's/,
    );
  });

  it("keeps its secrets, for this user alone", () => {
    const { dataDir } = environment("demonstration");
    expect(demonstrationSecrets(dataDir)).toEqual(demonstrationSecrets(dataDir));
    expect(statSync(join(dataDir, "demonstration.json")).mode & 0o777).toBe(0o600);
  });
});

describe("the configuration of a clinic's own accounts", () => {
  const OIDC = {
    OIDC_ISSUER: "http://127.0.0.1:9/realms/clinic/",
    OIDC_CLIENT_ID: "portal",
    OIDC_CLIENT_SECRET: "of the tests",
  };
  const parse = (more: Record<string, string>) =>
    parseEnv({ ...environment("demonstration").env, ...OIDC, ...more });

  it("keeps the issuer letter for letter, and reads what groups mean", () => {
    const { OIDC_ISSUER, OIDC_ROLES } = parse({
      OIDC_ROLES_CLAIM: "groups",
      OIDC_ROLES: "cn=admins=administrator, doctors=practitioner,desk=scheduler",
    });
    expect(OIDC_ISSUER).toBe(OIDC.OIDC_ISSUER);
    expect(OIDC_ROLES).toEqual([
      { group: "cn=admins", role: "administrator" },
      { group: "doctors", role: "practitioner" },
      { group: "desk", role: "scheduler" },
    ]);
  });

  it.each([
    [{ OIDC_CLIENT_SECRET: "" }, /OIDC_CLIENT_SECRET missing/],
    [{ OIDC_ROLES: "doctors=practitioner" }, /OIDC_ROLES_CLAIM missing/],
    [{ OIDC_ROLES_CLAIM: "groups", OIDC_ROLES: "everybody=patient" }, /OIDC_ROLES must be/],
    [{ OIDC_ISSUER: "http://login.example.org" }, /OIDC_ISSUER must be https/],
    [{ OIDC_ISSUER: "https://login.example.org" }, /OIDC_ISSUER must be on this machine/],
    [{ OIDC_ISSUER: "https://login.example.org/?a=b" }, /OIDC_ISSUER must be an http/],
    [{ OIDC_SCOPE: "email" }, /OIDC_SCOPE must have openid/],
  ])("is refused with %j", (more, problem) => {
    expect(() => parse(more)).toThrow(problem);
  });
});
