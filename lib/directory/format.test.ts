import { describe, expect, it } from "vitest";
import { languageName } from "./format";

describe("languageName", () => {
  it("is a language's name in the reader's own, as a line begins", () => {
    expect(languageName("de", "en")).toBe("German");
    expect(languageName("de", "ru")).toBe("Немецкий");
  });
});
