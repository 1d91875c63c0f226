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
  enteredAt: null,
  disabledAt: null,
};
const booked = {
  status: "booked" as const,
  sequence: 0,
  startAt: toDate(now.add({ minutes: 30 })),
  endAt,
  practitioner: { userId: "u" },
  encounter: { status: "planned" },
  waitlistOffer: null,
};
const confirmation = {
  kind: "booking_confirmed" as const,
  sequence: 0,
  createdAt: toDate(now),
  patient,
  user: null,
  appointment: booked,
  waitlistEntry: null,
  thirdPerson: null,
  conversation: null,
};
const invitation = {
  kind: "invitation" as const,
  sequence: null,
  createdAt: toDate(now),
  patient: null,
  user,
  appointment: null,
  waitlistEntry: null,
  thirdPerson: null,
  conversation: null,
};

describe("obstacleTo", () => {
  it("holds back a link that was used or has ended, wherever it leads", () => {
    const createdAt = toDate(now.subtract({ minutes: 29 }));
    const asked = { email: "new@patient.example", createdAt, expiresAt: endAt, usedAt: null };
    const registration = {
      ...invitation,
      kind: "registration_link" as const,
      user: null,
      signInRequest: asked,
    };
    const change = { ...invitation, kind: "email_change_link" as const, emailChange: asked };
    const used = { ...asked, usedAt: toDate(now) };
    const ended = {
      ...asked,
      createdAt: toDate(now.subtract({ minutes: 30 })),
      expiresAt: toDate(now),
    };
    expect(obstacleTo(registration, now)).toBeUndefined();
    expect(obstacleTo({ ...registration, signInRequest: used }, now)).toBe("superseded");
    expect(obstacleTo({ ...registration, signInRequest: ended }, now)).toBe("too_late");
    expect(obstacleTo(change, now)).toBeUndefined();
    expect(obstacleTo({ ...change, emailChange: used }, now)).toBe("superseded");
    expect(obstacleTo({ ...change, emailChange: ended }, now)).toBe("too_late");
    // The warning to the former address goes out however late, and because the link was used.
    expect(obstacleTo({ ...change, kind: "email_changed", emailChange: used }, now)).toBeUndefined();
  });

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

  it("cancels a visit that is still to come for the practitioner who has lost it alone", () => {
    const cancellation = { ...confirmation, kind: "appointment_cancelled" as const, patient: null, user };
    expect(obstacleTo(cancellation, now)).toBe("superseded");
    const lost = { ...booked, practitioner: { userId: "another" } };
    expect(obstacleTo({ ...cancellation, appointment: lost }, now)).toBeUndefined();
  });

  it("reminds of nothing that has begun", () => {
    const reminder = { ...confirmation, kind: "appointment_reminder" as const };
    expect(obstacleTo(reminder, now)).toBeUndefined();
    expect(obstacleTo({ ...reminder, appointment: { ...booked, startAt: toDate(now) } }, now)).toBe(
      "too_late",
    );
    const started = { ...booked, status: "arrived" as const, encounter: { status: "in_progress" } };
    expect(obstacleTo({ ...reminder, appointment: started }, now)).toBe("superseded");
  });

  it("offers a time only while the offer is open", () => {
    const open = { status: "open" as const, expiresAt: toDate(now.add({ minutes: 10 })) };
    const pending = { ...booked, status: "pending" as const, encounter: null };
    const offer = (waitlistOffer: typeof open | { status: "expired"; expiresAt: Date }) => ({
      ...confirmation,
      kind: "waitlist_offer" as const,
      appointment: { ...pending, waitlistOffer },
    });
    expect(obstacleTo(offer(open), now)).toBeUndefined();
    expect(obstacleTo(offer({ ...open, expiresAt: toDate(now) }), now)).toBe("too_late");
    expect(obstacleTo(offer({ ...open, status: "expired" }), now)).toBe("superseded");
    const taken = {
      ...offer(open),
      appointment: { ...pending, status: "booked" as const, waitlistOffer: open },
    };
    expect(obstacleTo(taken, now)).toBe("superseded");
  });

  it("confirms a place on the waitlist while there is one", () => {
    const joined = { ...confirmation, kind: "waitlist_joined" as const, sequence: null, appointment: null };
    expect(obstacleTo({ ...joined, waitlistEntry: { status: "waiting" } }, now)).toBeUndefined();
    expect(obstacleTo({ ...joined, waitlistEntry: { status: "ended" } }, now)).toBe("superseded");
  });

  it("needs somebody to write to", () => {
    expect(obstacleTo({ ...confirmation, patient: { email: null } }, now)).toBe("no_address");
    expect(obstacleTo({ ...invitation, user: { ...user, disabledAt: toDate(now) } }, now)).toBe("disabled");
  });

  it("invites nobody who has a password already", () => {
    expect(obstacleTo({ ...invitation, user: { ...user, enteredAt: toDate(now) } }, now)).toBe("superseded");
    expect(obstacleTo({ ...invitation, user: { ...user, passwordHash: "$argon2id$" } }, now)).toBe(
      "superseded",
    );
  });
});

describe("what is said of a visit when its time is over", () => {
  const later = now.add({ hours: 5 });
  it.each([
    ["summary_ready", "fulfilled", undefined],
    ["summary_ready", "cancelled", "superseded"],
    ["noshow_patient", "noshow", undefined],
    ["noshow_patient", "booked", "superseded"],
    ["noshow_practitioner", "noshow", undefined],
    ["noshow_practitioner", "fulfilled", "superseded"],
    ["running_late", "booked", "too_late"],
  ] as const)("%s of a %s visit", (kind, status, obstacle) => {
    expect(obstacleTo({ ...confirmation, kind, appointment: { ...booked, status } }, later)).toBe(obstacle);
  });
});

describe("a notice of unread messages", () => {
  const conversation = (readSequence: number) => ({
    lastSequence: 3,
    readers: [
      { side: "patient", readSequence },
      { side: "practitioner", readSequence: 3 },
    ],
  });
  const notice = { ...confirmation, kind: "messages_unread" as const, sequence: null, appointment: null };
  it("goes to the side that has not read everything", () => {
    expect(obstacleTo({ ...notice, conversation: conversation(2) }, now)).toBeUndefined();
    expect(obstacleTo({ ...notice, conversation: { lastSequence: 1, readers: [] } }, now)).toBeUndefined();
  });
  it("goes to nobody who has", () => {
    expect(obstacleTo({ ...notice, conversation: conversation(3) }, now)).toBe("superseded");
    const toStaff = { ...notice, patient: null, user, conversation: conversation(0) };
    expect(obstacleTo(toStaff, now)).toBe("superseded");
    expect(obstacleTo(notice, now)).toBe("superseded");
  });
});

describe("an invitation of a third person", () => {
  const invited = {
    ...confirmation,
    kind: "third_person_invited" as const,
    patient: null,
    thirdPerson: { email: "ivy@interpreter.example", status: "invited" },
  };
  it("goes out while it stands and the visit is to come", () => {
    expect(obstacleTo(invited, now)).toBeUndefined();
    const revoked = { ...invited, thirdPerson: { ...invited.thirdPerson, status: "revoked" } };
    expect(obstacleTo(revoked, now)).toBe("superseded");
    expect(obstacleTo({ ...invited, thirdPerson: { email: null, status: "invited" } }, now)).toBe(
      "no_address",
    );
    expect(obstacleTo(invited, now.add({ hours: 2 }))).toBe("too_late");
  });
});

describe("shouldGiveUp", () => {
  it("is after three days", () => {
    expect(shouldGiveUp({ createdAt: toDate(now.subtract({ hours: 71 })) }, now)).toBe(false);
    expect(shouldGiveUp({ createdAt: toDate(now.subtract({ hours: 72 })) }, now)).toBe(true);
  });
});
