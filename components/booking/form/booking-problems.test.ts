import { describe, expect, it } from "vitest";
import { bookAsGuestSchema } from "@/lib/booking/schema/book";
import { type BookingState, chosenInstead, problemsOf, timeWordsField } from "./booking-problems";

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
  startAt: "2026-11-24T09:00:00Z",
  name: "Pjotr Beispiel",
  email: "pjotr@example.org",
  phone: "",
  reason: "",
};

describe("problemsOf", () => {
  it.each([
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
    const state = refused({ fields: { reason: "too_long", email: "required", name: "required" } });
    expect(problemsOf(state).map(({ fieldId }) => fieldId)).toEqual(["name", "email", "reason"]);
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
