import { beforeAll, describe, expect, it } from "vitest";
import { newToken } from "@/lib/core/ids";
import { TEST_ENV } from "@/tests/support/env";
import { addDevice, openDevice, signDevice } from "./device";

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

  it("knows all who work at it, each for themselves, and forgets who has not come for longest", () => {
    const people = Array.from({ length: 12 }, (_, n) => `one-of-${n}@example.org`);
    const shared = people.reduce(addDevice, value);
    expect(openDevice(shared, "paula@example.org")).toBeUndefined();
    const ids = people.map((email) => openDevice(shared, email));
    expect(new Set(ids).size).toBe(12);
    expect(ids).not.toContain(undefined);
    const again = addDevice(shared, "one-of-3@example.org");
    expect(openDevice(again, "one-of-3@example.org")).not.toBe(ids[3]);
    expect(openDevice(again, "one-of-0@example.org")).toBe(ids[0]);
    expect(again.length).toBe(shared.length);
  });

  it("takes nothing over that cannot be a browser's, however long", () => {
    expect(addDevice(`${"x".repeat(4_000)}~~${value}`, "pjotr@example.org").length).toBeLessThan(200);
  });

  it("is not named in its cookie", () => {
    expect(value).not.toContain("paula");
  });
});
