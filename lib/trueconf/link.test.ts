import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fail, succeed } from "./errors";
import { acceptWebUrl, linkMethods } from "./link";
import type { Api } from "./transport/api";

const webOrigin = "https://video.example.org";
const good = `${webOrigin}/webrtc/abc123#login=*guest*x&token=$2a*1*b&lang=auto`;

describe("a minted link", () => {
  const options = { webOrigin, conferenceId: "abc123" };

  it("is accepted as the contract says", () => {
    expect(acceptWebUrl(good, options)).toBe(true);
    expect(acceptWebUrl(good, { ...options, webOrigin: `${webOrigin}/` })).toBe(true);
  });

  it.each([
    ["another origin", good.replace("video.", "evil.")],
    ["an origin that begins like ours", good.replace(".org/", ".org.evil.example/")],
    ["another port", good.replace("example.org", "example.org:444")],
    ["plain http", good.replace("https", "http")],
    ["a script", "javascript:alert(1)//https://video.example.org/webrtc/abc123#login=a&token=b"],
    ["another conference", good.replace("abc123", "other")],
    ["a path below the conference's", good.replace("abc123", "abc123/x")],
    ["a path that leads back to it", good.replace("/webrtc/", "/x/../webrtc/")],
    ["backslashes", good.replace("/webrtc/", "\\webrtc\\")],
    ["the widget", good.replace("/webrtc/", "/webrtc-widget/")],
    ["a query", good.replace("#", "?x=1#")],
    ["credentials before the host", good.replace("https://", "https://a:b@")],
    ["a line end, which a parser would drop", good.replace("/webrtc", "/web\nrtc")],
    ["a line end in the fragment", good.replace("login", "\nlogin")],
    ["two tokens", `${good}&token=x`],
    ["two logins", `${good}&login=x`],
    ["no token", good.replace("token=", "other=")],
    ["an empty login", good.replace("login=*guest*x", "login=")],
    ["no fragment", good.slice(0, good.indexOf("#"))],
    ["one slash, as the article would have it", good.replaceAll("//", "/")],
    ["nothing", ""],
  ])("is refused with %s", (_what, url) => {
    expect(acceptWebUrl(url, options)).toBe(false);
  });
});

/** Methods over a server that offers these programs, and the `user` that it was asked for. */
function openLinks(answer: object) {
  const asked: Record<string, string>[] = [];
  const api: Api = async ({ query, schema }) => {
    asked.push({ ...query });
    // As the real one does: an answer counts only as far as its schema goes.
    return succeed(schema?.parse(answer) as never);
  };
  return { asked, ...linkMethods(api, { webOrigin, now: () => Date.parse("2027-01-01T09:00:00.9Z") }) };
}
const web = (web_url: string, more: object = {}) => ({ type: "web", platform: "webrtc", web_url, ...more });
const guest = { conferenceId: "abc123", guestId: "g_1", displayName: "2$Paula* Beispiel", lang: "en" };

describe("minting", () => {
  it("asks for a guest under our id, with a name that cannot change what is asked", async () => {
    const { asked, mintGuestLink } = openLinks({ clients: [web(good)] });
    const minted = await mintGuestLink(guest);
    expect(asked).toEqual([
      { call_id: "abc123", case: "join_conference_button", user: "2$g_1*2 Paula Beispiel", lang: "en" },
    ]);
    expect(minted).toMatchObject({ ok: true, value: { webUrl: good, deeplinks: {} } });
    expect(minted.ok && minted.value.expiresAt.toString()).toBe("2027-01-01T09:01:00.9Z");
  });

  it("asks for an account, and never for a guest in its place", async () => {
    const { asked, mintUserLink } = openLinks({ clients: [web(good)] });
    const account = { conferenceId: "abc123", trueconfId: "doctor@video.example.org", lang: "en" };
    expect(await mintUserLink(account)).toMatchObject({ ok: true });
    for (const trueconfId of ["2$g_1*Boss", "$Boss", "", "two words"])
      expect(await mintUserLink({ ...account, trueconfId })).toEqual(fail("invalid", "never"));
    expect(asked.map(({ user }) => user)).toEqual(["doctor@video.example.org"]);
  });

  it("asks for nothing under an id that is none", async () => {
    const { asked, mintGuestLink } = openLinks({ clients: [web(good)] });
    expect(await mintGuestLink({ ...guest, guestId: "Paula Beispiel" })).toEqual(fail("invalid", "never"));
    expect(asked).toEqual([]);
  });

  it("takes the web client's entry, whatever stands beside it", async () => {
    const { mintGuestLink } = openLinks({
      clients: [
        { type: "standalone", platform: "webrtc", web_url: `${good}&from=standalone` },
        { type: "web", platform: "flash", web_url: `${good}&from=flash` },
        web(good.replace("/webrtc/", "/webrtc-widget/")),
        web(good, { iframe: '<iframe src="https://evil.example"><\\iframe>' }),
      ],
    });
    expect(await mintGuestLink(guest)).toMatchObject({ ok: true, value: { webUrl: good } });
  });

  it.each([
    ["there is none", []],
    ["it leads elsewhere", [web(good.replace("video.", "evil."))]],
    ["it has no credentials", [web(`${webOrigin}/webrtc/abc123`)]],
  ])("is a matter of configuration when %s", async (_what, clients) => {
    const { mintGuestLink } = openLinks({ clients });
    expect(await mintGuestLink(guest)).toEqual(fail("configuration", "never"));
  });

  it("finds the app's links in either place", async () => {
    const deeplinks = { default: "trueconf:\\c\\abc123&h=10.0.0.1" };
    for (const answer of [{ clients: [web(good)], deeplinks }, { clients: [web(good, { deeplinks })] }])
      expect(await openLinks(answer).mintGuestLink(guest)).toMatchObject({ value: { deeplinks } });
  });
});

describe("whatever is called a link", () => {
  it("is accepted only at the video's origin", () => {
    const piece = fc.constantFrom(
      ...[
        webOrigin,
        "https://evil.example",
        "/webrtc/abc123",
        "#login=*guest*x",
        "&token=t",
        "//",
        "@",
        "\\",
        "?",
        "#",
        "%2e",
        "javascript:",
      ],
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.array(piece, { maxLength: 6 }).map((parts) => parts.join("")),
          fc.webUrl(),
          fc.string(),
        ),
        (text) => {
          if (acceptWebUrl(text, { webOrigin, conferenceId: "abc123" }))
            expect(new URL(text).origin).toBe(webOrigin);
        },
      ),
      { numRuns: 2_000 },
    );
  });
});
