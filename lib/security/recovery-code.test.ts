import { describe, expect, it } from "vitest";
import { newRecoveryCode, readRecoveryCode } from "./recovery-code";

describe("a recovery code", () => {
  it("is read as it was shown", () => {
    const code = newRecoveryCode();
    expect(code).toMatch(/^[0-9a-z]{5}-[0-9a-z]{5}$/);
    expect(readRecoveryCode(code)).toBe(code.replace("-", ""));
    expect(readRecoveryCode(` ${code.toUpperCase()} `)).toBe(code.replace("-", ""));
  });

  it("forgives letters that look like digits", () => {
    expect(readRecoveryCode("OIl23-abcde")).toBe("01123abcde");
  });

  it.each(["", "287082", "abcde-abcd", "abcde-abcdef", "абвгд-abcde", "abcde_abcde"])(
    "is not %j",
    (typed) => {
      expect(readRecoveryCode(typed)).toBeUndefined();
    },
  );
});
