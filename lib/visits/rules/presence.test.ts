import { Temporal } from "temporal-polyfill";
import { describe, expect, it } from "vitest";
import { toDate } from "@/lib/time/instant";
import { sidesPresent } from "./presence";

const NOW = Temporal.Instant.from("2026-11-23T10:00:00Z");
const beat = (side: "patient" | "practitioner" | "third", secondsAgo: number) => ({
  side,
  beatAt: toDate(NOW.subtract({ seconds: secondsAgo })),
});

describe("who is there", () => {
  it("is whoever has a page whose process still speaks", () => {
    expect([...sidesPresent([beat("patient", 0), beat("third", 29)], NOW)]).toEqual(["patient", "third"]);
  });

  it("is nobody whose process has been silent for half a minute", () => {
    expect([...sidesPresent([beat("patient", 30), beat("practitioner", 600)], NOW)]).toEqual([]);
  });

  it("is somebody with two pages, one of whose processes has died", () => {
    expect([...sidesPresent([beat("patient", 600), beat("patient", 5)], NOW)]).toEqual(["patient"]);
  });
});
