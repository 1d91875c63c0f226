import { describe, expect, it } from "vitest";
import { attempt, beginning, type Held, type Save } from "./saving";

type Refusal = "outdated";

/** A portal that keeps one text, as the real one does, and loses answers where it is told to. */
function portalOf(losesAnswers: readonly boolean[]) {
  const kept = { number: 0, text: "" };
  const asked: string[] = [];
  const save: Save<Refusal> = async (_previous, sent) => {
    const [text, number] = [String(sent.get("text")), Number(sent.get("version"))];
    const loses = losesAnswers[asked.length];
    asked.push(`${number} ${text}`);
    const isRepeated = number + 1 === kept.number && text === kept.text;
    if (number === kept.number) Object.assign(kept, { number: number + 1, text });
    else if (!isRepeated) return { status: "refused", reason: "outdated", fields: {}, values: {} };
    if (loses) throw new TypeError("Failed to fetch");
    return { status: "saved", number: kept.number };
  };
  return { kept, asked, save };
}

const begun: Held<Refusal> = { state: { status: "idle" }, number: 0, lost: null };

describe("a saving whose answer was lost", () => {
  it("is made again as it was before the text that was written meanwhile", async () => {
    const { kept, asked, save } = portalOf([true]);
    const lost = await attempt(begun, { fields: { text: "One" }, by: save }, "version");
    expect(lost).toMatchObject({ state: { status: "idle" }, lost: { number: 0 } });
    const after = await attempt(lost, { fields: { text: "One two" }, by: save }, "version");
    expect(after).toEqual({ state: { status: "saved", number: 2 }, number: 2, lost: null });
    expect(kept).toEqual({ number: 2, text: "One two" });
    expect(asked).toEqual(["0 One", "0 One", "1 One two"]);
  });

  it("is made once more where nothing else was written", async () => {
    const { asked, save } = portalOf([true]);
    const lost = await attempt(begun, { fields: { text: "One" }, by: save }, "version");
    const after = await attempt(lost, { fields: { text: "One" }, by: save }, "version");
    expect(after).toEqual({ state: { status: "saved", number: 1 }, number: 1, lost: null });
    expect(asked).toEqual(["0 One", "0 One"]);
  });

  it("leaves the next one to be made again, when that one is lost too", async () => {
    const { kept, save } = portalOf([true, false, true]);
    let held = begun;
    for (const text of ["One", "Two", "Three"])
      held = await attempt(held, { fields: { text }, by: save }, "version");
    expect(held).toEqual({ state: { status: "saved", number: 3 }, number: 3, lost: null });
    expect(kept.text).toBe("Three");
  });

  it("does not hide that somebody else has written", async () => {
    const { kept, save } = portalOf([true]);
    const lost = await attempt(begun, { fields: { text: "One" }, by: save }, "version");
    Object.assign(kept, { number: 2, text: "A colleague’s" });
    const after = await attempt(lost, { fields: { text: "One two" }, by: save }, "version");
    expect(after.state).toMatchObject({ status: "refused", reason: "outdated" });
    expect(kept.text).toBe("A colleague’s");
  });
});

describe("an editor that somebody comes back to", () => {
  const loaded = { number: 1, text: "One" };
  it.each([
    ["begins as its page was loaded", undefined, undefined, { ...loaded, typed: "One" }],
    [
      "knows what was saved since",
      { number: 2, text: "Two" },
      undefined,
      { number: 2, text: "Two", typed: "Two" },
    ],
    [
      "has what did not get through",
      undefined,
      { number: 1, text: "One two" },
      { ...loaded, typed: "One two" },
    ],
    ["puts nothing over a newer text", undefined, { number: 0, text: "Mine" }, { ...loaded, typed: "One" }],
  ])("%s", (_what, written, underWay, expected) => {
    expect(beginning(loaded, written, underWay)).toEqual(expected);
  });
});
