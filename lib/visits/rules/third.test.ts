import { Temporal } from "temporal-polyfill";
import { describe, expect, it } from "vitest";
import { storedVisitSettingsSchema } from "../schema/settings";
import { inviteRefusal, thirdPersonChangesAt, thirdPersonPhase } from "./third";
import type { VisitTimes } from "./windows";

const at = (time: string) => Temporal.Instant.from(`2027-03-14T${time}:00Z`);
const visit = (over: Partial<VisitTimes> = {}): VisitTimes => ({
  startAt: at("10:30"),
  endAt: at("10:50"),
  appointmentStatus: "booked",
  encounterStatus: "planned",
  windows: storedVisitSettingsSchema.parse({}),
  ...over,
});
const running = { encounterStatus: "in_progress", appointmentStatus: "arrived" } as const;
const finished = { encounterStatus: "finished", appointmentStatus: "fulfilled" } as const;

describe("a third person", () => {
  it.each([
    ["09:00", {}, "invited", "early"],
    ["09:00", {}, "admitted", "early"],
    ["10:10", {}, "invited", "door"],
    ["10:10", {}, "waiting", "door"],
    ["10:10", {}, "admitted", "admitted"],
    ["10:35", running, "invited", "door"],
    ["10:35", running, "admitted", "in_progress"],
    ["10:55", finished, "admitted", "ended"],
    ["12:00", {}, "waiting", "ended"],
    ["10:35", running, "revoked", "revoked"],
    ["10:55", finished, "revoked", "revoked"],
  ] as const)("at %s of a visit %j, %s: %s", (time, over, status, phase) => {
    expect(thirdPersonPhase({ visit: visit(over), status }, at(time))).toBe(phase);
  });

  it("is brought on by the clock", () => {
    expect(thirdPersonChangesAt({ visit: visit(), status: "invited" }, at("09:00"))).toEqual(at("10:00"));
    expect(thirdPersonChangesAt({ visit: visit(), status: "revoked" }, at("09:00"))).toBeUndefined();
  });

  it("is asked into what is not over", () => {
    expect(inviteRefusal(visit(), at("09:00"))).toBeUndefined();
    expect(inviteRefusal(visit(running), at("10:40"))).toBeUndefined();
    expect(inviteRefusal(visit(finished), at("10:55"))).toBe("ended");
    expect(inviteRefusal(visit(), at("13:00"))).toBe("ended");
  });
});
