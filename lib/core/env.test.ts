import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { TEST_ENV } from "@/tests/support/env";
import { ENV_NAMES, EnvError, parseEnv } from "./env";

const withValue = (name: string, value: string) => () => parseEnv({ ...TEST_ENV, [name]: value });

describe("the configuration", () => {
  it("takes the sites that may frame the portal as origins, and as nothing else", () => {
    expect(parseEnv(TEST_ENV).EMBED_ORIGINS).toEqual([]);
    const sites = "https://www.example.org, http://localhost:4000/";
    expect(parseEnv({ ...TEST_ENV, EMBED_ORIGINS: sites }).EMBED_ORIGINS).toEqual([
      "https://www.example.org",
      "http://localhost:4000",
    ]);
    for (const wrong of [
      "*",
      "https:",
      "https://*.example.org",
      "www.example.org",
      "http://www.example.org",
      "https://a.example.org/path",
      "https://a.example.org; script-src *",
      "https://a.example.org,",
    ])
      expect(withValue("EMBED_ORIGINS", wrong), wrong).toThrow(/EMBED_ORIGINS must be/);
  });

  it("names the proxy that speaks https in production, where nobody else knows who asks", () => {
    const production = {
      ...TEST_ENV,
      PORTAL_MODE: "production",
      PORTAL_URL: "https://visits.example.org",
      AUTH_SECRET: "x".repeat(40),
      DATA_KEYS: `k1:${Buffer.alloc(32, 7).toString("base64")}`,
      TRUECONF_CLIENT_SECRET: "a-secret-of-nobody",
    };
    expect(() => parseEnv(production)).toThrow(/TRUSTED_PROXIES is missing/);
    expect(() => parseEnv({ ...production, TRUSTED_PROXIES: "127.0.0.1" })).not.toThrow();
    expect(() => parseEnv({ ...production, PORTAL_URL: "http://localhost:3000" })).not.toThrow();
  });

  it("names what is wrong, and never says the value", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...ENV_NAMES),
        fc.oneof(fc.string({ unit: "binary", minLength: 4 }), fc.webUrl(), fc.double().map(String)),
        (name, value) => {
          try {
            withValue(name, value)();
          } catch (error) {
            expect(error).toBeInstanceOf(EnvError);
            if (value.trim().length > 8) expect((error as EnvError).message).not.toContain(value);
          }
        },
      ),
      { numRuns: 2_000, examples: [["TRUECONF_GUEST_SEATS", "-Infinity"]] },
    );
  });
});
