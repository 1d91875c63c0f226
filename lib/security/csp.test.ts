import { describe, expect, it } from "vitest";
import {
  buildCsp,
  buildPermissionsPolicy,
  type CspInput,
  embedOriginsOf,
  nonceOf,
  securityHeaders,
} from "./csp";

const input: CspInput = {
  nonce: "bm9uY2U=",
  trueconfWebOrigin: "https://video.example.org",
  https: true,
  dev: false,
};

function directives(policy: string): Map<string, string[]> {
  return new Map(
    policy.split("; ").map((directive) => {
      const [name = "", ...sources] = directive.split(" ");
      return [name, sources];
    }),
  );
}

describe("the content security policy", () => {
  const policy = directives(buildCsp(input));

  it("runs scripts by nonce alone: nothing inline, nothing evaluated", () => {
    expect(policy.get("script-src")).toEqual(["'self'", "'nonce-bm9uY2U='", "'strict-dynamic'"]);
  });

  it("gives its nonce back to scripts of ours", () => {
    expect(nonceOf(buildCsp(input))).toBe(input.nonce);
    expect(nonceOf("script-src 'self'")).toBeUndefined();
    expect(nonceOf(null)).toBeUndefined();
  });

  it("takes style elements by nonce alone", () => {
    expect(policy.get("style-src")).toEqual(["'self'", "'nonce-bm9uY2U='"]);
  });

  it("frames TrueConf's web origin and nothing else, and is framed by nobody", () => {
    expect(policy.get("frame-src")).toEqual(["https://video.example.org"]);
    expect(policy.get("frame-ancestors")).toEqual(["'none'"]);
  });

  it("is framed by the sites that are named, and by no other", () => {
    const embedOrigins = ["https://www.example.org", "https://example.org"];
    const embedded = directives(buildCsp({ ...input, embedOrigins }));
    expect(embedded.get("frame-ancestors")).toEqual(embedOrigins);
  });

  it("talks to itself, and asks the video server alone whether it is there", () => {
    expect(policy.get("connect-src")).toEqual(["'self'", "https://video.example.org"]);
    expect(policy.get("form-action")).toEqual(["'self'"]);
  });

  it("has no plugins and no other base", () => {
    expect(policy.get("object-src")).toEqual(["'none'"]);
    expect(policy.get("base-uri")).toEqual(["'none'"]);
  });

  it("uses no wildcard and allows nothing unsafe but style attributes", () => {
    for (const [name, sources] of policy) {
      expect(
        sources.filter((source) => source.includes("*")),
        name,
      ).toEqual([]);
      if (name !== "style-src-attr") {
        expect(
          sources.filter((source) => source.includes("unsafe")),
          name,
        ).toEqual([]);
      }
    }
  });

  it("upgrades requests where the portal is https, and not on a plain http loopback", () => {
    expect(policy.has("upgrade-insecure-requests")).toBe(true);
    expect(directives(buildCsp({ ...input, https: false })).has("upgrade-insecure-requests")).toBe(false);
  });

  it("lets the development server evaluate, reload and show its errors", () => {
    const dev = directives(buildCsp({ ...input, dev: true }));
    expect(dev.get("script-src")).toContain("'unsafe-eval'");
    expect(dev.get("connect-src")).toContain("ws:");
    expect(dev.get("style-src")).toEqual(["'self'", "'unsafe-inline'"]);
  });
});

describe("pages in another site's frame", () => {
  const sites = ["https://www.example.org"];

  it.each([
    "/",
    "/practitioners/1",
    "/book/1/2/3",
    "/waitlist",
    "/now",
    "/check",
    "/v/token/move",
    "/q/token",
  ])("may be %s, on the sites that are configured", (path) => {
    expect(embedOriginsOf(path, sites)).toEqual(sites);
    expect(embedOriginsOf(path, [])).toEqual([]);
  });

  it.each(["/sign-in", "/account", "/visits", "/visit/1", "/messages", "/agenda", "/admin", "/now-and-then"])(
    "are never %s",
    (path) => {
      expect(embedOriginsOf(path, sites)).toEqual([]);
    },
  );
});

describe("the permissions policy", () => {
  it("shares camera, microphone and screen with TrueConf's web origin", () => {
    const policy = buildPermissionsPolicy(input.trueconfWebOrigin);
    for (const feature of ["camera", "microphone", "display-capture", "autoplay", "fullscreen"]) {
      expect(policy).toContain(`${feature}=(self "https://video.example.org")`);
    }
  });
});

describe("the headers of an answer", () => {
  it("are private, unsniffable and silent about where a visitor came from", () => {
    expect(securityHeaders(input)).toMatchObject({
      "Cache-Control": "private, no-store",
      "X-Content-Type-Options": "nosniff",
      "Referrer-Policy": "same-origin",
      "Cross-Origin-Opener-Policy": "same-origin",
      "Cross-Origin-Resource-Policy": "same-origin",
    });
  });

  it("insist on https only where there is https", () => {
    expect(securityHeaders(input)).toHaveProperty("Strict-Transport-Security");
    expect(securityHeaders({ ...input, https: false })).not.toHaveProperty("Strict-Transport-Security");
  });
});
