import { describe, expect, it } from "vitest";
import { buildIframe, cleanDisplayName, deriveGuestId } from "./guest";
import { acceptWebUrl } from "./link";

const key = new Uint8Array(32).fill(3);

describe("a guest id", () => {
  it("is the same for one person in one visit, and for nobody else", () => {
    const id = deriveGuestId({ key, personId: "p1", encounterId: "e1" });
    expect(id).toMatch(/^[a-z0-9_]{8,100}$/);
    expect(deriveGuestId({ key, personId: "p1", encounterId: "e1" })).toBe(id);
    expect(deriveGuestId({ key, personId: "p2", encounterId: "e1" })).not.toBe(id);
    expect(deriveGuestId({ key, personId: "p1", encounterId: "e2" })).not.toBe(id);
    expect(deriveGuestId({ key: new Uint8Array(32), personId: "p1", encounterId: "e1" })).not.toBe(id);
  });
});

describe("a display name", () => {
  it.each([
    ["Ivan Ivanov", "Ivan Ivanov"],
    ["Иван  Иванов", "Иван Иванов"],
    ["2$admin*Boss", "2 admin Boss"],
    ["a\u202eb\u0000c", "a b c"],
    ["***", "Guest"],
    ["x".repeat(200), "x".repeat(80)],
  ])("%j becomes %j", (name, expected) => {
    expect(cleanDisplayName(name)).toBe(expected);
  });
});

describe("a minted link", () => {
  const options = { webOrigin: "https://video.example.org", conferenceId: "abc123" };
  const good = "https://video.example.org/webrtc/abc123#login=*guest*x&token=$2a*1*b&lang=auto";

  it("is accepted as the contract says", () => {
    expect(acceptWebUrl(good, options)).toBe(true);
  });

  it.each([
    ["another origin", good.replace("video.", "evil.")],
    ["another port", good.replace("example.org", "example.org:444")],
    ["plain http", good.replace("https", "http")],
    ["another conference", good.replace("abc123", "other")],
    ["the widget", good.replace("/webrtc/", "/webrtc-widget/")],
    ["a query", good.replace("#", "?x=1#")],
    ["credentials before the host", good.replace("https://", "https://a:b@")],
    ["two tokens", `${good}&token=x`],
    ["no token", good.replace("token=", "other=")],
    ["an empty login", good.replace("login=*guest*x", "login=")],
    ["one slash, as the article would have it", good.replaceAll("//", "/")],
    ["nothing", ""],
  ])("is refused with %s", (_what, url) => {
    expect(acceptWebUrl(url, options)).toBe(false);
  });

  it("is framed by an element of ours that lets devices to that origin only", () => {
    expect(buildIframe(good, "Visit")).toEqual({
      src: good,
      allow:
        "microphone https://video.example.org; camera https://video.example.org; autoplay https://video.example.org; display-capture https://video.example.org",
      allowFullscreen: true,
      title: "Visit",
    });
  });
});
