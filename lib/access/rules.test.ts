import { Temporal } from "temporal-polyfill";
import { describe, expect, it } from "vitest";
import {
  appointmentScope,
  breakGlassScope,
  conversationScope,
  emergencyScope,
  hasRole,
  lookUpScope,
  patientScope,
  practitionerScope,
  schedulingScope,
} from "./rules";
import type { Actor, UserActor } from "./types";

const user = (over: Partial<UserActor>): Actor => ({
  kind: "user",
  userId: "u",
  sessionId: "s",
  roles: [],
  practitionerId: undefined,
  patientId: undefined,
  pseudonym: "p",
  ...over,
});
const nothing = { id: { in: [] } };
/** Whoever was erased is on nobody's screen. */
const notErased = { patient: { erasureId: null } };

describe("row scopes", () => {
  it("give a stranger nothing", () => {
    expect(appointmentScope({ kind: "anonymous" })).toEqual(nothing);
    expect(patientScope({ kind: "anonymous" })).toEqual(nothing);
    expect(practitionerScope({ kind: "anonymous" })).toEqual(nothing);
  });

  it.each(["administrator", "scheduler"] as const)(
    "give a %s nobody's visit, and no conversation",
    (role) => {
      expect(appointmentScope(user({ roles: [role] }))).toEqual({
        OR: [{ patient: { contactUserId: "u" } }, nothing],
      });
      expect(conversationScope(user({ roles: [role] }), "practitioner")).toEqual(nothing);
    },
  );

  it("give a patient and a practitioner their own", () => {
    expect(patientScope(user({ roles: ["patient"], patientId: "x" }))).toEqual({
      OR: [{ patientId: "x" }, { patient: { contactUserId: "u" } }],
    });
    expect(practitionerScope(user({ roles: ["practitioner"], practitionerId: "y" }))).toEqual({
      practitionerId: "y",
      ...notErased,
    });
  });

  it("give schedulers and administrators every visit's time, practitioners their own, and nobody else any", () => {
    expect(schedulingScope(user({ roles: ["administrator"] }))).toEqual(notErased);
    expect(schedulingScope(user({ roles: ["scheduler"] }))).toEqual(notErased);
    expect(schedulingScope(user({ roles: ["practitioner"], practitionerId: "y" }))).toEqual({
      practitionerId: "y",
      ...notErased,
    });
    expect(schedulingScope(user({ roles: ["patient"], patientId: "x" }))).toEqual(nothing);
    expect(schedulingScope({ kind: "link", appointmentId: "a", patientPseudonym: "p" })).toEqual(nothing);
  });

  it("let schedulers and administrators look up every patient, practitioners those of their visits, and nobody else any", () => {
    const known = (own: object) => ({
      appointments: { some: { AND: [own, { status: { not: "pending" } }] } },
    });
    expect(lookUpScope(user({ roles: ["administrator"] }))).toEqual(notErased.patient);
    expect(lookUpScope(user({ roles: ["scheduler"] }))).toEqual(notErased.patient);
    expect(lookUpScope(user({ roles: ["practitioner"], practitionerId: "y" }))).toEqual(
      known({ practitionerId: "y", ...notErased }),
    );
    expect(lookUpScope(user({ roles: ["patient"], patientId: "x" }))).toEqual(known(nothing));
    expect(lookUpScope({ kind: "anonymous" })).toEqual(known(nothing));
  });

  it("do not believe a practitioner's row without the role", () => {
    expect(practitionerScope(user({ roles: ["patient"], practitionerId: "y" }))).toEqual(nothing);
  });

  it("give a personal link its one appointment, as the patient", () => {
    const link: Actor = { kind: "link", appointmentId: "a", patientPseudonym: "p" };
    expect(appointmentScope(link)).toEqual({ OR: [{ id: "a" }, nothing] });
    expect(practitionerScope(link)).toEqual(nothing);
  });

  it("open by break-glass to a practitioner alone what they hold themselves, at the moment", () => {
    const now = Temporal.Instant.from("2027-03-14T11:00:00Z");
    const held = emergencyScope(user({ roles: ["practitioner"], practitionerId: "y" }), now);
    expect(held).toMatchObject({
      practitionerId: "y",
      endedAt: null,
      expiresAt: { gt: new Date("2027-03-14T11:00:00Z") },
    });
    expect(breakGlassScope(user({ roles: ["practitioner"], practitionerId: "y" }), "a", now)).toEqual({
      status: { not: "pending" },
      patient: { emergencies: { some: { access: { AND: [held, { id: "a" }] } } } },
    });
    for (const other of [
      user({ roles: ["administrator", "scheduler"], practitionerId: "y" }),
      user({ roles: ["patient"], patientId: "x" }),
      { kind: "link", appointmentId: "a", patientPseudonym: "p" },
      { kind: "anonymous" },
      { kind: "system" },
    ] as const)
      expect(emergencyScope(other, now)).toEqual(nothing);
  });

  it("let the portal itself end a practitioner's visit, and be no patient", () => {
    expect(practitionerScope({ kind: "system" })).toEqual({});
    expect(patientScope({ kind: "system" })).toEqual(nothing);
  });

  it("know roles of signed-in people only", () => {
    expect(hasRole(user({ roles: ["administrator"] }), "administrator")).toBe(true);
    expect(hasRole({ kind: "system" }, "administrator")).toBe(false);
  });
});
