import { describe, expect, it } from "vitest";
import { joinAsGuestSchema } from "@/lib/booking/schema/waitlist";
import { joinProblems } from "./waitlist-problems";

const GOOD = {
  practitionerId: "0199f0a0-0000-7000-8000-000000000000",
  visitTypeId: "0199f0a0-0000-7000-8000-000000000001",
  fromOn: "2026-12-01",
  toOn: "2026-12-14",
  name: "Paula Beispiel",
  email: "paula@example.org",
};

/** What the page says about a form, as far as fields are concerned. */
function problemsIn(form: Record<string, string>): string[] {
  const parsed = joinAsGuestSchema.safeParse({ ...GOOD, ...form });
  if (parsed.success) return [];
  const fields: Record<string, string> = {};
  for (const issue of parsed.error.issues) fields[String(issue.path[0])] ??= issue.message;
  return joinProblems({ status: "refused", reason: "invalid", fields, values: {} }).map(({ words }) => words);
}

describe("joining the waitlist", () => {
  it("takes wishes, and none as any", () => {
    expect(problemsIn({})).toEqual([]);
    expect(problemsIn({ fromTime: "09:00:00", toTime: "", "weekday.1": "on" })).toEqual([]);
  });

  it.each([
    [{ fromOn: "" }, "fromOn.required"],
    [{ fromOn: "2027-02-30" }, "fromOn.invalid"],
    [{ toOn: "2026-11-30" }, "toOn.order"],
    [{ fromTime: "25:00" }, "fromTime"],
    [{ fromTime: "10:00", toTime: "09:00" }, "toTime.order"],
    [{ name: "x".repeat(10_240) }, "name.tooLong"],
    [{ name: "a\u202Eb" }, "name.characters"],
    [{ email: "nobody" }, "email.invalid"],
    [{ phone: "call me" }, "phone.invalid"],
  ])("names what is wrong with %j", (form, words) => {
    expect(problemsIn(form as unknown as Record<string, string>)).toEqual([words]);
  });
});
