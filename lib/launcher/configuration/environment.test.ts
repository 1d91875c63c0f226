import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { readConfiguration } from "./environment.mjs";

const DATA_DIR = mkdtempSync(join(tmpdir(), "portal-"));
afterAll(() => rmSync(DATA_DIR, { recursive: true }));

const DATABASES = {
  DATABASE_URL: "postgresql://app@db.example.org/portal",
  DATABASE_OWNER_URL: "postgresql://owner@db.example.org/portal",
};

describe("the mode", () => {
  it.each([
    [{}, "demonstration"],
    [{ PORTAL_URL: "http://localhost:4000" }, "demonstration"],
    [{ PORTAL_URL: "http://127.0.0.1:4000", CLINIC_NAME: "Ours" }, "demonstration"],
    [{ PORTAL_URL: "http://[::1]:4000" }, "demonstration"],
    [{ ...DATABASES }, "production"],
    [{ ...DATABASES, TRUECONF_URL: "https://video.example.org" }, "production"],
    [{ SMTP_URL: "smtp://127.0.0.1:25", EMBEDDED_DATABASE: "1" }, "production"],
    [{ PORTAL_URL: "https://visits.example.org", EMBEDDED_DATABASE: "1" }, "production"],
    [{ PORTAL_URL: "http://localhost.example.org", EMBEDDED_DATABASE: "1" }, "production"],
    [{ PORTAL_URL: "nonsense", EMBEDDED_DATABASE: "1" }, "production"],
  ])("of %o is %s", (given, mode) => {
    expect(readConfiguration({ ...given, DATA_DIR }).mode).toBe(mode);
  });
});

describe("the database", () => {
  it("is the embedded one in the demonstration, and in production only when that is asked for", () => {
    expect(readConfiguration({ DATA_DIR }).embedded).toBe(true);
    expect(readConfiguration({ DATA_DIR, ...DATABASES }).embedded).toBe(false);
    expect(readConfiguration({ DATA_DIR, EMBEDDED_DATABASE: "1", SMTP_URL: "smtp://a" }).embedded).toBe(true);
  });

  it("of production is named when it is missing", () => {
    const given = { DATA_DIR, TRUECONF_URL: "https://video.example.org" };
    expect(() => readConfiguration(given)).toThrow(
      /DATABASE_URL is missing\n\s+DATABASE_OWNER_URL is missing/,
    );
    expect(() => readConfiguration({ ...given, DATABASE_URL: DATABASES.DATABASE_URL })).toThrow(
      /used:\n\s+DATABASE_OWNER_URL is missing\n/,
    );
  });

  it("is one, not two", () => {
    expect(() => readConfiguration({ DATA_DIR, EMBEDDED_DATABASE: "1", ...DATABASES })).toThrow(
      /exclude each other/,
    );
  });
});
