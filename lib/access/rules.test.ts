import { describe, expect, it } from "vitest";
import {
  appointmentScope,
  conversationScope,
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
    });
  });

  it("give schedulers and administrators every visit's time, practitioners their own, and nobody else any", () => {
    expect(schedulingScope(user({ roles: ["administrator"] }))).toEqual({});
    expect(schedulingScope(user({ roles: ["scheduler"] }))).toEqual({});
    expect(schedulingScope(user({ roles: ["practitioner"], practitionerId: "y" }))).toEqual({
      practitionerId: "y",
    });
    expect(schedulingScope(user({ roles: ["patient"], patientId: "x" }))).toEqual(nothing);
    expect(schedulingScope({ kind: "link", appointmentId: "a", patientPseudonym: "p" })).toEqual(nothing);
  });

  it("let schedulers and administrators look up every patient, practitioners those of their visits, and nobody else any", () => {
    const known = (own: object) => ({
      appointments: { some: { AND: [own, { status: { not: "pending" } }] } },
    });
    expect(lookUpScope(user({ roles: ["administrator"] }))).toEqual({});
    expect(lookUpScope(user({ roles: ["scheduler"] }))).toEqual({});
    expect(lookUpScope(user({ roles: ["practitioner"], practitionerId: "y" }))).toEqual(
      known({ practitionerId: "y" }),
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

  it("let the portal itself end a practitioner's visit, and be no patient", () => {
    expect(practitionerScope({ kind: "system" })).toEqual({});
    expect(patientScope({ kind: "system" })).toEqual(nothing);
  });

  it("know roles of signed-in people only", () => {
    expect(hasRole(user({ roles: ["administrator"] }), "administrator")).toBe(true);
    expect(hasRole({ kind: "system" }, "administrator")).toBe(false);
  });
});
