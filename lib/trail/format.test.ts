import { describe, expect, it } from "vitest";
import type { AuditEvent } from "@/lib/db/generated/client";
import { csvEvent, csvHeader, describeDetails, describeRecordEvent, fhirAction, toFhir } from "./format";

const EVENT: AuditEvent = {
  id: "0199f0a0-0000-7000-8000-000000000001",
  chain: 7,
  sequence: 12n,
  occurredAt: new Date("2026-11-23T08:00:00Z"),
  action: "user.roles_changed",
  outcome: "success",
  actorKind: "user",
  actorPseudonym: "0199f0a0-0000-7000-8000-00000000000a",
  subjectPseudonym: "0199f0a0-0000-7000-8000-00000000000b",
  entityType: "user",
  entityId: "0199f0a0-0000-7000-8000-00000000000c",
  address: "192.0.2.1",
  details: { before: ["practitioner"], roles: ["practitioner", "scheduler"] },
  previousHash: new Uint8Array(),
  hash: new Uint8Array(),
};
const ANONYMOUS: AuditEvent = {
  ...EVENT,
  action: "session.refused",
  outcome: "refused",
  actorKind: "anonymous",
  actorPseudonym: null,
  subjectPseudonym: null,
  entityType: null,
  entityId: null,
  address: null,
  details: { reason: "wrong_credentials" },
};

describe("a line for spreadsheets", () => {
  it("has as many fields as the header", () => {
    expect(csvHeader().split(",")).toHaveLength(12);
    expect(csvEvent(ANONYMOUS).split(",")).toHaveLength(12);
  });

  it("keeps what has commas and quotation marks together, and lets no spreadsheet run anything", () => {
    expect(csvEvent(EVENT)).toContain(
      '"{""before"":[""practitioner""],""roles"":[""practitioner"",""scheduler""]}"',
    );
    expect(csvEvent({ ...EVENT, address: "=1+1" })).toContain(",'=1+1,");
  });
});

describe("the facts of an event", () => {
  it("stand one after the other", () => {
    expect(describeDetails(EVENT.details)).toBe("before: practitioner, roles: practitioner scheduler");
    expect(describeDetails({})).toBe("");
    expect(describeDetails(null)).toBe("");
  });
});

describe("a FHIR AuditEvent", () => {
  it.each([
    ["record.read", "R"],
    ["audit.exported", "R"],
    ["record.handed_over", "R"],
    ["emergency_access.granted", "C"],
    ["emergency_access.read", "R"],
    ["appointment.booked", "C"],
    ["appointment.moved", "U"],
    ["appointment.cancelled", "D"],
    ["user.roles_changed", "U"],
    ["encounter.started", "E"],
    ["session.refused", "E"],
  ])("has %s as %s", (action, letter) => {
    expect(fhirAction(action)).toBe(letter);
  });

  it("has what FHIR demands, and people by their pseudonyms alone", () => {
    expect(toFhir(EVENT, "https://portal.example.org")).toMatchObject({
      resourceType: "AuditEvent",
      type: { code: "110113" },
      action: "U",
      recorded: "2026-11-23T08:00:00.000Z",
      outcome: "0",
      agent: [
        {
          requestor: true,
          who: { identifier: { value: `urn:uuid:${EVENT.actorPseudonym}` } },
          network: { type: "2" },
        },
      ],
      source: { observer: { display: "https://portal.example.org" } },
      entity: [
        { what: { identifier: { value: `urn:uuid:${EVENT.subjectPseudonym}` } } },
        { detail: expect.arrayContaining([{ type: "chain", valueString: "7/12" }]) },
      ],
    });
  });

  it.each(["audit.exported", "data.exported", "record.handed_over"])("of %s is an export", (action) => {
    expect(toFhir({ ...EVENT, action }, "https://portal.example.org").type.code).toBe("110106");
  });

  it("of somebody unknown names nobody, and is a failure where it was refused", () => {
    const { agent, outcome, entity } = toFhir(ANONYMOUS, "https://portal.example.org");
    expect(outcome).toBe("4");
    expect(agent).toEqual([{ requestor: true, who: { display: "anonymous" } }]);
    expect(entity).toHaveLength(1);
  });
});

describe("what a patient is told", () => {
  it.each([
    ["appointment.read", { as: "practitioner" }, "visitOpened"],
    ["appointment.read", { as: "scheduler" }, "visitRead"],
    ["appointment.read", { as: "administrator" }, "visitRead"],
    ["encounter.recording_changed", { on: true }, "recordingOn"],
    ["encounter.recording_changed", { on: false }, "recordingOff"],
    ["patient.claimed", { as: "spoken_for" }, "claimed"],
    ["patient.found", {}, "found"],
    ["record.handed_over", { right: "patient" }, "handedOver"],
    ["record.handed_over", { right: "authority" }, "handedToAuthority"],
    ["record.handed_over", { right: "claim" }, "handedForClaim"],
    ["erasure.requested", { proof: "identity_document" }, "erasureAsked"],
    ["conversation.read", { as: "practitioner" }, "conversationRead"],
  ])("of %s %j is %s", (action, details, words) => {
    expect(describeRecordEvent({ action, details })).toBe(words);
  });
});
