import { describe, expect, it } from "vitest";
import { bookAsGuestSchema } from "@/lib/booking/schema/book";
import {
  answerField,
  type BookingState,
  chosenInstead,
  consentField,
  presentIntake,
  problemsOf,
  timeWordsField,
} from "./booking-problems";

const refused = (over: Partial<Extract<BookingState, { status: "refused" }>>): BookingState => ({
  status: "refused",
  reason: "invalid",
  fields: {},
  values: {},
  ...over,
});

/** The faults that the schema itself names for a form, as the action passes them on. */
function faultsOf(form: Record<string, string>): Record<string, string> {
  const faults: Record<string, string> = {};
  for (const { path, message } of bookAsGuestSchema.safeParse(form).error?.issues ?? []) {
    faults[String(path[0])] ??= message;
  }
  return faults;
}

const good = {
  practitionerId: "0198c0de-0000-7000-8000-000000000001",
  visitTypeId: "0198c0de-0000-7000-8000-000000000002",
  idempotencyKey: "0198c0de-0000-7000-8000-000000000003",
  visitFor: "other",
  patientName: "Mia Beispiel",
  startAt: "2026-11-24T09:00:00Z",
  name: "Pjotr Beispiel",
  email: "pjotr@example.org",
  phone: "",
  reason: "",
};

describe("problemsOf", () => {
  it.each([
    ["patientName.required", { patientName: "  " }],
    ["patientName.tooLong", { patientName: "x".repeat(10_240) }],
    ["patientName.characters", { patientName: "Mia\u202e" }],
    ["name.required", { name: "" }],
    ["name.tooLong", { name: "x".repeat(121) }],
    ["name.tooLong", { name: "x".repeat(900) }],
    ["name.characters", { name: "Pjotr\u202e" }],
    ["email.required", { email: " " }],
    ["email.invalid", { email: "pjotr" }],
    ["email.tooLong", { email: `${"x".repeat(250)}@example.org` }],
    ["phone.invalid", { phone: "call me" }],
    ["phone.tooLong", { phone: "1".repeat(31) }],
    ["reason.tooLong", { reason: "x".repeat(2001) }],
    ["reason.characters", { reason: "a\u0000b" }],
  ])("has words for every fault of the schema: %s", (words, mistake) => {
    const state = refused({ fields: faultsOf({ ...good, ...mistake }) });
    expect(problemsOf(state)).toEqual([{ fieldId: Object.keys(mistake)[0], words }]);
  });

  it("follows the order of the fields on the page", () => {
    const wrong = { ...good, reason: "x".repeat(2001), email: "", patientName: "" };
    const state = refused({ fields: faultsOf(wrong) });
    expect(problemsOf(state).map(({ fieldId }) => fieldId)).toEqual(["patientName", "email", "reason"]);
  });

  it("names answers with their questions, and what was not agreed to", () => {
    const intake = {
      questions: [
        { questionId: "q", kind: "date" as const, label: "Since when?", options: [], required: true },
      ],
      consents: [],
      faults: { q: "required" as const },
      missing: [
        { consentTextId: "a", isChanged: false },
        { consentTextId: "b", isChanged: true },
      ],
    };
    const state = refused({ reason: "answers", detail: { times: [], intake } });
    expect(problemsOf(state)).toEqual([
      { fieldId: answerField("q"), words: "answer.required", question: "Since when?" },
      { fieldId: consentField("a"), words: "consent.required" },
      { fieldId: consentField("b"), words: "consent.changed" },
    ]);
    expect(presentIntake(state, { questions: [], consents: [] }).questions).toHaveLength(1);
  });

  it("finds nothing to mend in what nobody typed, and in other refusals", () => {
    expect(problemsOf(refused({ fields: faultsOf({ ...good, startAt: "soon", visitTypeId: "x" }) }))).toEqual(
      [],
    );
    expect(problemsOf(refused({ reason: "slot_taken" }))).toEqual([]);
    expect(problemsOf({ status: "idle" })).toEqual([]);
  });
});

describe("chosenInstead", () => {
  const other = "2026-11-24T10:00:00Z";
  const values = { startAt: other, [timeWordsField(other)]: "Tuesday 24 November, 11:00" };

  it("knows a time chosen among the nearest, with its words", () => {
    expect(chosenInstead(refused({ values }), good.startAt)).toEqual({
      iso: other,
      words: "Tuesday 24 November, 11:00",
    });
  });

  it("is nothing for the page's own time, and for one without words", () => {
    expect(chosenInstead(refused({ values }), other)).toBeNull();
    expect(chosenInstead(refused({ values: { startAt: other } }), good.startAt)).toBeNull();
    expect(chosenInstead({ status: "idle" }, good.startAt)).toBeNull();
  });
});
