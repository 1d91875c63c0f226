import { Temporal } from "temporal-polyfill";
import { describe, expect, it } from "vitest";
import { toDate } from "@/lib/time/instant";
import { obstacleTo, shouldGiveUp } from "./rules";

const now = Temporal.Instant.from("2027-03-14T09:00:00Z");
const endAt = toDate(now.add({ hours: 1 }));
const patient = { email: "paula@patient.example" };
const user = {
  id: "u",
  email: "ada@clinic.example",
  name: "Dr Ada Example",
  locale: "en",
  timeZone: null,
  passwordHash: null,
  disabledAt: null,
};
const booked = { status: "booked" as const, sequence: 0, endAt };
const confirmation = {
  kind: "booking_confirmed" as const,
  sequence: 0,
  patient,
  user: null,
  appointment: booked,
};
const invitation = { kind: "invitation" as const, sequence: null, patient: null, user, appointment: null };

describe("obstacleTo", () => {
  it("finds none for what is still so", () => {
    expect(obstacleTo(confirmation, now)).toBeUndefined();
    expect(
      obstacleTo({ ...confirmation, appointment: { ...booked, status: "arrived" } }, now),
    ).toBeUndefined();
    expect(obstacleTo(invitation, now)).toBeUndefined();
  });

  it.each(["cancelled", "noshow", "fulfilled"] as const)(
    "holds a confirmation back once the visit is %s",
    (status) => {
      expect(obstacleTo({ ...confirmation, appointment: { ...booked, status } }, now)).toBe("superseded");
    },
  );

  it("holds back what was queued for an earlier arrangement", () => {
    expect(obstacleTo({ ...confirmation, appointment: { ...booked, sequence: 1 } }, now)).toBe("superseded");
  });

  it("sends a cancellation of a cancelled visit only", () => {
    const cancellation = { ...confirmation, kind: "appointment_cancelled" as const };
    expect(obstacleTo(cancellation, now)).toBe("superseded");
    const cancelled = { ...booked, status: "cancelled" as const };
    expect(obstacleTo({ ...cancellation, appointment: cancelled }, now)).toBeUndefined();
  });

  it("says nothing about a visit that is over", () => {
    expect(obstacleTo({ ...confirmation, appointment: { ...booked, endAt: toDate(now) } }, now)).toBe(
      "too_late",
    );
  });

  it("needs somebody to write to", () => {
    expect(obstacleTo({ ...confirmation, patient: { email: null } }, now)).toBe("no_address");
    expect(obstacleTo({ ...invitation, user: { ...user, disabledAt: toDate(now) } }, now)).toBe("disabled");
  });

  it("invites nobody who has a password already", () => {
    expect(obstacleTo({ ...invitation, user: { ...user, passwordHash: "$argon2id$" } }, now)).toBe(
      "superseded",
    );
  });
});

describe("shouldGiveUp", () => {
  it("is after three days", () => {
    expect(shouldGiveUp({ createdAt: toDate(now.subtract({ hours: 71 })) }, now)).toBe(false);
    expect(shouldGiveUp({ createdAt: toDate(now.subtract({ hours: 72 })) }, now)).toBe(true);
  });
});
