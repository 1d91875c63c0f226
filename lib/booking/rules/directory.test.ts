import { Temporal } from "temporal-polyfill";
import { describe, expect, it } from "vitest";
import { directoryOptions, knownFilter, parsePage } from "./directory";

const OPTIONS = directoryOptions(
  {
    specialties: [
      { code: "neurology", names: { en: "Neurology", ru: "Неврология" } },
      { code: "cardiology", names: { en: "Cardiology", ru: "Кардиология" } },
    ],
    languages: ["ru", "de"],
    visitTypes: [{ id: "first", names: { en: "First visit", ru: "Первичный приём" } }],
  },
  "en",
);
const DATES = { first: Temporal.PlainDate.from("2027-03-01"), last: Temporal.PlainDate.from("2027-05-01") };
const NOTHING = {
  name: undefined,
  specialty: undefined,
  language: undefined,
  visitType: undefined,
  from: undefined,
};

describe("the directory's filter", () => {
  it("offers what practitioners have, by the names that the reader has for it", () => {
    expect(OPTIONS.specialties.map(({ name }) => name)).toEqual(["Cardiology", "Neurology"]);
    expect(OPTIONS.languages.map(({ name }) => name)).toEqual(["German", "Russian"]);
  });

  it("is left out where no option has its value", () => {
    const asked = { name: "  ", specialty: "surgery", language: "xx", visitType: "none", from: "soon" };
    expect(knownFilter(asked, OPTIONS, DATES)).toEqual(NOTHING);
    const known = { name: " Ada ", specialty: "neurology", language: "de", visitType: "first" };
    expect(knownFilter({ ...known, from: "2027-03-05" }, OPTIONS, DATES)).toEqual({
      ...known,
      name: "Ada",
      from: "2027-03-05",
    });
  });

  it.each(["2027-02-28", "2027-03-01", "2027-05-02", "2027-02-30", "+012027-03-05"])(
    "takes %s for no date to begin with",
    (from) => expect(knownFilter({ ...NOTHING, from }, OPTIONS, DATES).from).toBeUndefined(),
  );

  it.each([
    ["3", 3],
    [undefined, 1],
    ["0", 1],
    ["-2", 1],
    ["1e3", 1],
    ["99999", 1],
  ])("reads %s as a page", (text, page) => expect(parsePage(text)).toBe(page));
});
