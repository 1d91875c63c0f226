import { describe, expect, it } from "vitest";
import { isTimeZone } from "./time-zone";

describe("isTimeZone", () => {
  it.each(["Europe/Berlin", "Asia/Kolkata", "America/Argentina/Buenos_Aires", "UTC"])("takes %s", (name) => {
    expect(isTimeZone(name)).toBe(true);
  });
  it.each(["Mars/Olympus", "+02:00", "", undefined, "../../etc/localtime", "A".repeat(65)])(
    "refuses %s",
    (name) => {
      expect(isTimeZone(name)).toBe(false);
    },
  );
});
