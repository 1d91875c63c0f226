import { Temporal } from "temporal-polyfill";
import { describe, expect, it } from "vitest";
import { creationBody, replacementBody, showsChange } from "./conference-body";
import type { NewConference } from "./types";

const wanted: NewConference = {
  id: "a1b2",
  topic: "Video visit",
  owner: "clinic",
  schedule: { startAt: Temporal.Instant.from("2027-01-01T09:00:00.500Z"), durationMinutes: 20 },
  maxParticipants: 2,
  tags: ["portal", "portal-e1"],
};

describe("what is sent to make a conference", () => {
  const body = creationBody(wanted, { ownId: true });

  it("is one time, in seconds, for guests, and never recorded", () => {
    expect(body).toMatchObject({
      id: "a1b2",
      type: 0,
      schedule: { type: 1, start_time: 1_798_794_000, duration: 1_200 },
      allow_guests: true,
      allow_only_planned_participants: false,
      auto_invite: 0,
      recording: 0,
      max_participants: 2,
      tags: ["portal", "portal-e1"],
    });
  });

  it("gives both sides all fourteen rights but the one to record", () => {
    for (const side of ["guest", "user"] as const) {
      const rights = Object.entries(body.rights[side]);
      expect(rights).toHaveLength(14);
      expect(rights.filter(([, granted]) => !granted)).toEqual([["recording", false]]);
    }
  });

  it("invites the owner once, and whoever else is named", () => {
    expect(body.invitations).toEqual([{ id: "clinic" }]);
    const invited = creationBody({ ...wanted, invitations: ["doctor", "clinic"] }, { ownId: true });
    expect(invited.invitations).toEqual([{ id: "clinic" }, { id: "doctor" }]);
  });

  it("can leave the schedule out, and the id to the server", () => {
    const room = creationBody({ ...wanted, schedule: "virtual" }, { ownId: false });
    expect(room.schedule).toEqual({ type: -1 });
    expect(room).not.toHaveProperty("id");
  });
});

describe("what is sent to change one", () => {
  const whole = {
    ...creationBody(wanted, { ownId: true }),
    max_podiums: 2,
    state: "stopped",
    url: "https://video.example.org/c/a1b2",
    created_at: 1,
  };

  it("is all of it that can be written, with the change in it", () => {
    const body = replacementBody(whole, { topic: "Another" });
    expect(body).toMatchObject({ topic: "Another", description: "", allow_guests: true, max_podiums: 2 });
    for (const key of ["id", "state", "url", "created_at"]) expect(body).not.toHaveProperty(key);
  });

  it("lets the podiums follow the participants, and invites a new owner", () => {
    const body = replacementBody(whole, { maxParticipants: 3, owner: "doctor" });
    expect(body).toMatchObject({ max_participants: 3, owner: "doctor" });
    expect(body).not.toHaveProperty("max_podiums");
    expect(body.invitations).toEqual([{ id: "clinic" }, { id: "doctor" }]);
  });

  it("took effect only when the answer shows it", () => {
    const change = { schedule: wanted.schedule, maxParticipants: 2 };
    expect(showsChange({ ...whole, schedule: { ...whole.schedule, special_time_offset: 0 } }, change)).toBe(
      true,
    );
    expect(showsChange({ ...whole, max_participants: 49 }, change)).toBe(false);
    expect(showsChange({ ...whole, schedule: { type: -1 } }, change)).toBe(false);
    expect(showsChange({}, { topic: "x" })).toBe(false);
    expect(showsChange({ recording: true }, { recording: true })).toBe(true);
    expect(showsChange({ recording: 1 }, { recording: false })).toBe(false);
    expect(showsChange({}, { recording: true })).toBe(false);
  });
});
