import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ANSWER_FIELD, bookAsGuestSchema, bookAsPatientSchema, CONSENT_FIELD } from "./book";

const id = (n: number) => `0198c0de-0000-7000-8000-00000000000${n}`;
const visit = {
  practitionerId: id(1),
  visitTypeId: id(2),
  idempotencyKey: id(3),
  startAt: "2026-11-24T09:00:00Z",
  reason: "",
};
const guest = { ...visit, name: "Paula Beispiel", email: "Paula@Example.org", phone: "" };

describe("a guest's form", () => {
  it("is for whoever fills it in unless it says otherwise", () => {
    const patient = { name: "Paula Beispiel", email: "paula@example.org", phone: undefined };
    expect(bookAsGuestSchema.parse(guest).patient).toEqual(patient);
    expect(bookAsGuestSchema.parse({ ...guest, visitFor: "me", patientName: "\u202e" }).patient).toEqual(
      patient,
    );
  });

  it("keeps the patient's and the contact's names apart", () => {
    const { patient } = bookAsGuestSchema.parse({
      ...guest,
      visitFor: "other",
      patientName: " Mia  Beispiel ",
    });
    expect(patient).toMatchObject({ name: "Mia Beispiel", contactName: "Paula Beispiel" });
  });

  it("says everything that is wrong at once", () => {
    const wrong = { ...guest, visitFor: "other", name: "", email: "no" };
    const faults = bookAsGuestSchema.safeParse(wrong).error?.issues.map(({ path }) => path[0]) ?? [];
    expect(faults.toSorted()).toEqual(["email", "name", "patientName"]);
  });

  it("carries answers and consents by their ids, and nothing else that it was given", () => {
    const more = {
      [`${ANSWER_FIELD}${id(4)}`]: "x",
      [`${CONSENT_FIELD}${id(5)}`]: "on",
      durationMinutes: "5",
    };
    expect(bookAsGuestSchema.parse({ ...guest, ...more }).visit).toMatchObject({
      answers: { [id(4)]: "x" },
      consentTextIds: [id(5)],
    });
    expect(bookAsGuestSchema.parse({ ...guest, ...more })).not.toHaveProperty("visit.durationMinutes");
  });
});

describe("an account's form", () => {
  it("names somebody by id, or somebody new by name", () => {
    const parse = (more: object) => bookAsPatientSchema.parse({ ...visit, ...more }).patient;
    expect(parse({})).toBe("me");
    expect(parse({ visitFor: "other", patientId: id(6), patientName: "" })).toEqual({ id: id(6) });
    expect(parse({ visitFor: "other", patientId: "", patientName: "Mia" })).toEqual({ name: "Mia" });
  });

  it("is not believed with an id that is none", () => {
    const wrong = { ...visit, visitFor: "other", patientId: "../../etc/passwd" };
    expect(bookAsPatientSchema.safeParse(wrong).success).toBe(false);
  });
});

describe("whatever is sent", () => {
  it("is a booking or a list of faults, never an error", () => {
    const names = [
      ...Object.keys(guest),
      "visitFor",
      "patientName",
      "patientId",
      ANSWER_FIELD,
      CONSENT_FIELD,
      "__proto__",
    ];
    const text = fc.oneof(
      fc.string({ unit: "binary", maxLength: 80 }),
      fc.constantFrom("other", "me", "x".repeat(10_240)),
    );
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...names), text), fc.boolean(), (form, isWhole) => {
        const sent = isWhole ? { ...guest, ...form } : form;
        for (const schema of [bookAsGuestSchema, bookAsPatientSchema]) schema.safeParse(sent);
      }),
    );
  });

  it.each([
    "2027-02-30T09:00:00Z",
    "+275760-09-13T00:00:00Z",
    "2026-11-24T09:00:30Z",
    "2026-11-24T09:00:00+99:99",
    "soon",
  ])("is no time: %s", (startAt) => {
    expect(bookAsGuestSchema.safeParse({ ...guest, startAt }).error?.issues[0]?.path).toEqual(["startAt"]);
  });
});
