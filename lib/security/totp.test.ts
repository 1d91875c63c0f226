import { Temporal } from "temporal-polyfill";
import { describe, expect, it } from "vitest";
import { newTotpSecret, stepOfCode, totpCode, totpUri } from "./totp";

/** RFC 6238, appendix B: the ASCII secret "12345678901234567890", and the last six of the eight digits. */
const RFC_SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
const at = (seconds: number) => Temporal.Instant.fromEpochMilliseconds(seconds * 1000);

describe("codes of an authenticator app", () => {
  it.each([
    [59, "287082"],
    [1_111_111_109, "081804"],
    [1_111_111_111, "050471"],
    [1_234_567_890, "005924"],
    [2_000_000_000, "279037"],
    [20_000_000_000, "353130"],
  ])("are the RFC's at %d seconds", (seconds, code) => {
    expect(totpCode(RFC_SECRET, at(seconds))).toBe(code);
    expect(stepOfCode(RFC_SECRET, code, at(seconds))).toBe(Math.floor(seconds / 30));
  });

  it("may come one step early or late, and no more", () => {
    const secret = newTotpSecret();
    const now = at(1_800_000_015);
    const stepOf = (seconds: number) => stepOfCode(secret, totpCode(secret, now.add({ seconds })), now);
    expect([-30, 0, 30].map(stepOf)).toEqual([59_999_999, 60_000_000, 60_000_001]);
    expect([-60, 60].map(stepOf)).toEqual([undefined, undefined]);
  });

  it.each(["", "12345", "1234567", "28708２", "287 082", "-28708"])("are six digits, unlike %j", (code) => {
    expect(stepOfCode(RFC_SECRET, code, at(59))).toBeUndefined();
  });

  it("tell an app whose they are", () => {
    const uri = new URL(totpUri(RFC_SECRET, { issuer: "Example Clinic", label: "a@example.org" }));
    expect(uri.protocol).toBe("otpauth:");
    expect(decodeURIComponent(uri.pathname)).toContain("Example Clinic:a@example.org");
    expect(uri.searchParams.get("secret")).toBe(RFC_SECRET);
  });
});
