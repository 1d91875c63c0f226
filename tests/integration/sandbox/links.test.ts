import { describe, expect, it } from "vitest";
import { inOneHour, type Json, openSandbox, reasonOf } from "./harness";

const webOf = (body: Json) => body.clients.find((one: Json) => one.name === "TrueConf Web");

describe("the list of clients", () => {
  it("needs no token, holds native entries and two web ones, and escapes its slashes", async () => {
    const sandbox = await openSandbox();
    const id = await sandbox.create();
    const answer = await sandbox.clients(id, "2$guest_a*Ann");
    expect(answer.status).toBe(200);
    expect(answer.text).toContain(`\\/webrtc\\/${id}`);
    expect(answer.text.replaceAll("\\/", "")).not.toContain("/");
    const web = answer.body.clients.filter((one: Json) => one.type === "web" && one.platform === "webrtc");
    expect(web.map((one: Json) => new URL(one.web_url).pathname)).toEqual([
      `/webrtc-widget/${id}`,
      `/webrtc/${id}`,
    ]);
    expect(answer.body.clients.filter((one: Json) => one.type === "standalone").length).toBeGreaterThan(2);
    expect(Object.keys(webOf(answer.body))).toEqual([
      "name",
      "type",
      "platform",
      "download_url",
      "download_urls",
      "market_url",
      "web_url",
      "iframe",
    ]);
  });

  it("mints a credential of the published shape at each call", async () => {
    const sandbox = await openSandbox();
    const id = await sandbox.create();
    const first = await sandbox.mint(id);
    const second = await sandbox.mint(id);
    expect(first.token).toMatch(/^\$[0-9a-f]{33}\*\d{10}\*[0-9a-f]{32}$/);
    expect(first.token).not.toBe(second.token);
    expect(first.login).toBe("*guest*guest_a");
    expect(second.login).toBe(first.login);
  });

  it("makes an id for a bare name, a new one each time", async () => {
    const sandbox = await openSandbox();
    const id = await sandbox.create();
    const [first, second] = [await sandbox.mint(id, "$Ann"), await sandbox.mint(id, "$Ann")];
    expect(first.login).toMatch(/^\*guest\*[0-9a-f]{32}$/);
    expect(second.login).not.toBe(first.login);
  });

  it("knows accounts, and refuses unknown ones", async () => {
    const sandbox = await openSandbox();
    const id = await sandbox.create();
    expect((await sandbox.mint(id, "clinic")).login).toBe("clinic");
    expect(reasonOf(await sandbox.clients(id, "nobody_here"))).toBe("userNotFound");
  });

  it.each([undefined, "2$no_name", "3$a*b", "2$a*b*c", "$"])(
    "gives no credential for user %s",
    async (user) => {
      const sandbox = await openSandbox();
      const id = await sandbox.create();
      const { body } = await sandbox.clients(id, user);
      expect(webOf(body).web_url).toBe(`${sandbox.url}/webrtc/${id}`);
    },
  );

  it("passes the language on, and asks for a conference", async () => {
    const sandbox = await openSandbox();
    const id = await sandbox.create();
    const { body } = await sandbox.clients(id, "2$guest_a*Ann", "&lang=ru");
    expect(webOf(body).web_url).toMatch(/&lang=ru$/);
    expect((await sandbox.send("GET", "/api/v3.11/software/clients")).status).toBe(400);
  });
});

describe("switches of the list", () => {
  it("closes the iframe wrongly or rightly", async () => {
    const sandbox = await openSandbox();
    const id = await sandbox.create();
    const iframe = async () => webOf((await sandbox.clients(id, "2$guest_a*Ann")).body).iframe;
    expect(await iframe()).toMatch(/<\\iframe>$/);
    await sandbox.set({ iframeClosing: "right" });
    expect(await iframe()).toMatch(/<\/iframe>$/);
  });

  it("can lack a web client", async () => {
    const sandbox = await openSandbox();
    const id = await sandbox.create();
    await sandbox.set({ webClientEntry: false });
    const { body } = await sandbox.clients(id, "2$guest_a*Ann");
    expect(body.clients.some((one: Json) => one.type === "web")).toBe(false);
    expect(body.clients.length).toBeGreaterThan(0);
  });

  it("puts deeplinks at the top, with each client, or nowhere", async () => {
    const sandbox = await openSandbox();
    const id = await sandbox.create();
    const read = async () => (await sandbox.clients(id, "2$guest_a*Ann")).body;
    const top = await read();
    expect(top.deeplinks.default).toMatch(/^trueconf:\\c\\/);
    expect(top.deeplinks.android).toMatch(/^intent:.*package=com\.trueconf\.videochat;end$/);
    expect(top.deeplinks.default).toContain("templogin=1");
    expect(top.clients[0].deeplinks).toBeUndefined();
    await sandbox.set({ deeplinks: "client" });
    const perClient = await read();
    expect(perClient.deeplinks).toBeUndefined();
    expect(perClient.clients.every((one: Json) => one.deeplinks.default)).toBe(true);
    await sandbox.set({ deeplinks: "absent" });
    expect(JSON.stringify(await read())).not.toContain("trueconf:");
  });

  it("may need a token, refuse a stopped conference, and pass an unknown one", async () => {
    const sandbox = await openSandbox();
    const id = await sandbox.create({ schedule: inOneHour() });
    await sandbox.set({ clientsNeedToken: true });
    expect(reasonOf(await sandbox.clients(id))).toBe("accessTokenInvalid");
    expect((await sandbox.clients(id, undefined, `&access_token=${sandbox.token}`)).status).toBe(200);
    await sandbox.set({ clientsNeedToken: false, clientsRefuseStopped: true });
    expect((await sandbox.clients(id)).status).toBe(400);
    await sandbox.set({ clientsRefuseStopped: false });
    expect((await sandbox.clients(id)).status).toBe(200);
    expect(reasonOf(await sandbox.clients("unknown_id"))).toBe("conferenceNotFound");
    await sandbox.set({ clientsUnknownConference: 200 });
    expect((await sandbox.clients("unknown_id")).status).toBe(200);
  });
});
