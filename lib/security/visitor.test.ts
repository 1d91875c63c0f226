import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { newToken } from "@/lib/core/ids";
import { TEST_ENV } from "@/tests/support/env";
import { openVisitor, signVisitor } from "./visitor";

describe("a visitor's cookie", () => {
  beforeAll(() => {
    Object.assign(process.env, TEST_ENV, { DATABASE_URL: "postgresql://nobody@127.0.0.1:1/none" });
  });

  it("opens what was signed", () => {
    const id = newToken();
    expect(openVisitor(signVisitor(id))).toBe(id);
  });

  it("does not open another id under a signature, nor one without", () => {
    const [id, other] = [newToken(), newToken()];
    const [, signature] = signVisitor(id).split(".");
    for (const value of [`${other}.${signature}`, id, `${id}.`, `${id}.${signature}.x`, "", undefined]) {
      expect(openVisitor(value)).toBeUndefined();
    }
  });

  it("opens nothing that a stranger makes up", () => {
    fc.assert(fc.property(fc.string({ maxLength: 200 }), (value) => openVisitor(value) === undefined));
    fc.assert(
      fc.property(
        fc.stringMatching(/^[A-Za-z0-9_-]{43}\.[A-Za-z0-9_-]{43}$/),
        (value) => openVisitor(value) === undefined,
      ),
    );
  });
});
