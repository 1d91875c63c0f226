import { describe, expect, it } from "vitest";
import { buildIframe, cleanDisplayName, deriveGuestId, isGuestId } from "./guest";

const key = new Uint8Array(32).fill(3);

describe("a guest id", () => {
  const id = deriveGuestId({ key, personId: "p1", encounterId: "e1" });

  it("is the same for one person in one visit, and for nobody else", () => {
    expect(deriveGuestId({ key, personId: "p1", encounterId: "e1" })).toBe(id);
    expect(deriveGuestId({ key, personId: "p2", encounterId: "e1" })).not.toBe(id);
    expect(deriveGuestId({ key, personId: "p1", encounterId: "e2" })).not.toBe(id);
    expect(deriveGuestId({ key: new Uint8Array(32), personId: "p1", encounterId: "e1" })).not.toBe(id);
  });

  it("has the characters that TrueConf takes, and says nothing of whom it is", () => {
    expect(id).toMatch(/^g_[0-9a-f]{40}$/);
    expect(isGuestId(id)).toBe(true);
  });

  it.each(["", "Ian Taylor", "g*x", "g$x", "g_Ä", "g-1", "x".repeat(101)])("is not %j", (value) => {
    expect(isGuestId(value)).toBe(false);
  });
});

describe("a display name", () => {
  it.each([
    ["Ivan Ivanov", "Ivan Ivanov"],
    ["Иван  Иванов", "Иван Иванов"],
    ["2$admin*Boss", "2 admin Boss"],
    ["a\u202eb\u0000c", "a b c"],
    ["half a pair \ud800!", "half a pair !"],
    ["***", "Guest"],
    ["", "Guest"],
    ["x".repeat(200), "x".repeat(80)],
    ["😀".repeat(100), "😀".repeat(80)],
  ])("%j becomes %j", (name, expected) => {
    expect(cleanDisplayName(name)).toBe(expected);
  });
});

describe("the frame of a minted link", () => {
  const link = "https://video.example.org/webrtc/abc123#login=*guest*x&token=$2a*1*b&lang=auto";

  it("is an element of ours that lets devices to that origin only", () => {
    expect(buildIframe(link, "Visit")).toEqual({
      src: link,
      allow:
        "microphone https://video.example.org; camera https://video.example.org; autoplay https://video.example.org; display-capture https://video.example.org",
      allowFullscreen: true,
      title: "Visit",
    });
  });
});
