import { beforeAll, describe, expect, it } from "vitest";
import { newToken } from "@/lib/core/ids";
import { TEST_ENV } from "@/tests/support/env";
import { openDevice, signDevice } from "./device";

describe("a browser that an account knows", () => {
  const id = newToken();
  let value = "";
  beforeAll(() => {
    Object.assign(process.env, TEST_ENV, { DATABASE_URL: "postgresql://nobody@127.0.0.1:1/none" });
    value = signDevice(id, "paula@example.org");
  });

  it("is known to that account alone", () => {
    expect(openDevice(value, "paula@example.org")).toBe(id);
    expect(openDevice(value, "pjotr@example.org")).toBeUndefined();
  });

  it("is not known by anything that was not signed", () => {
    for (const forged of [undefined, "", id, `${id}.`, `${id}.${newToken()}`, `${value}.x`, value.slice(1)])
      expect(openDevice(forged, "paula@example.org")).toBeUndefined();
  });

  it("is not named in its cookie", () => {
    expect(value).not.toContain("paula");
  });
});
