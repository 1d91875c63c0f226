import { Temporal } from "temporal-polyfill";
import { beforeEach, describe, expect, it, onTestFinished } from "vitest";
import type { TrueConfResult } from "@/lib/trueconf/errors";
import { openPage } from "../sandbox/harness";
import { guest, openStand, type Stand, tomorrow } from "./server";

let stand: Stand;
beforeEach(async () => {
  stand = await openStand();
  const { sandbox } = stand;
  onTestFinished(() => sandbox.stop());
});

const unwrap = <T>(result: TrueConfResult<T>): T => {
  if (!result.ok) throw new Error(result.error.kind);
  return result.value;
};

async function running(more: object = {}): Promise<string> {
  const { id } = unwrap(await stand.client.ensureConference({ ...tomorrow(), ...more }));
  return unwrap(await stand.client.runConference(id)).id;
}

/** Opens the page of a minted link and enters, as a browser would: all it has is the address. */
async function enter(webUrl: string): Promise<{ type: string }> {
  const url = new URL(webUrl);
  const fragment = new URLSearchParams(url.hash.slice(1));
  const page = await openPage(url.origin);
  onTestFinished(() => page.socket.terminate());
  page.send({
    type: "join",
    conference: url.pathname.split("/").at(-1),
    login: fragment.get("login"),
    token: fragment.get("token"),
  });
  return Promise.race(["joined", "refused"].map((type) => page.next(type)));
}

describe("a minted link", () => {
  it("lets a guest in under the id and the name that were asked for", async () => {
    const id = await running();
    const { webUrl } = unwrap(
      await stand.client.mintGuestLink({ ...guest(id), displayName: "Анна & $Co*  Пример" }),
    );
    expect(await enter(webUrl)).toMatchObject({ type: "joined" });
    const [inside] = stand.sandbox.state.rooms.list(id);
    expect(inside?.person).toEqual({
      kind: "guest",
      id: "g_contract_guest",
      displayName: "Анна & Co Пример",
    });
    expect(unwrap(await stand.client.listParticipants(id))).toEqual([
      { id: "g_contract_guest", isOwner: false },
    ]);
  });

  it("lets an account in under its own name", async () => {
    const id = await running();
    const minted = await stand.client.mintUserLink({ conferenceId: id, trueconfId: "clinic", lang: "en" });
    expect(await enter(unwrap(minted).webUrl)).toMatchObject({ type: "joined" });
    expect(unwrap(await stand.client.listParticipants(id))).toEqual([{ id: "clinic", isOwner: true }]);
  });

  it("is worth nothing from the moment on that it names", async () => {
    const id = await running();
    const before = Temporal.Now.instant();
    const { webUrl, expiresAt } = unwrap(await stand.client.mintGuestLink(guest(id)));
    const livesMs = expiresAt.since(before).total("milliseconds");
    expect(livesMs).toBeGreaterThanOrEqual(59_999);
    expect(livesMs).toBeLessThan(61_000);
    stand.sandbox.state.clock.skewMs = expiresAt.since(Temporal.Now.instant()).total("milliseconds") + 1_000;
    expect(await enter(webUrl)).toMatchObject({ type: "refused" });
  });

  it.each([false, true])(
    "enters again only where links are not spent by it (single use: %s)",
    async (single) => {
      stand.sandbox.state.switches.singleUseLinks = single;
      const id = await running();
      const { webUrl } = unwrap(await stand.client.mintGuestLink(guest(id)));
      expect(await enter(webUrl)).toMatchObject({ type: "joined" });
      expect(await enter(webUrl)).toMatchObject({ type: single ? "refused" : "joined" });
      const fresh = unwrap(await stand.client.mintGuestLink(guest(id)));
      expect(await enter(fresh.webUrl)).toMatchObject({ type: "joined" });
    },
  );

  it("is another one each time, and in one's own language", async () => {
    const id = await running();
    const one = unwrap(await stand.client.mintGuestLink(guest(id)));
    const two = unwrap(await stand.client.mintGuestLink({ ...guest(id), lang: "ru" }));
    expect(one.webUrl).toContain("lang=en");
    expect(two.webUrl).toContain("lang=ru");
    const tokenOf = ({ webUrl }: { webUrl: string }) =>
      new URLSearchParams(webUrl.split("#")[1]).get("token");
    expect(tokenOf(one)).not.toBe(tokenOf(two));
  });

  it("for an account that does not exist is not made", async () => {
    const id = await running();
    const minted = await stand.client.mintUserLink({ conferenceId: id, trueconfId: "nobody", lang: "en" });
    expect(minted).toEqual({ ok: false, error: { kind: "not_found", retry: "never" } });
  });
});

describe("accounts", () => {
  it("are told with their status", async () => {
    expect(unwrap(await stand.client.getUser("doctor_one"))).toEqual({ id: "doctor_one", status: 1 });
    expect(unwrap(await stand.client.getUser("doctor_one@video.example.org")).id).toBe("doctor_one");
    expect(await stand.client.getUser("nobody")).toEqual({
      ok: false,
      error: { kind: "not_found", retry: "never" },
    });
  });

  it.each([true, false])(
    "that are invited come when they are online and answer (%s)",
    async (usersAnswer) => {
      stand.sandbox.state.switches.usersAnswer = usersAnswer;
      const id = await running({ maxParticipants: 3, invitations: ["doctor_one", "doctor_three"] });
      const inside = unwrap(await stand.client.listParticipants(id));
      expect(inside).toEqual(usersAnswer ? [{ id: "doctor_one", isOwner: false }] : []);
      expect(unwrap(await stand.client.getUser("doctor_one")).status).toBe(usersAnswer ? 2 : 1);
      unwrap(await stand.client.stopConference(id));
      expect(unwrap(await stand.client.getUser("doctor_one")).status).toBe(1);
    },
  );
});

describe("what a clinic's server must have", () => {
  const failures = async (owner = "clinic") =>
    (await stand.client.checkServer(owner))
      .filter(({ ok }) => !ok)
      .map(({ name, kind }) => `${name}: ${kind}`);

  it.each([
    [["conferences", "users:read"], []],
    [["conferences"], []],
    [["users:read"], ["guests: forbidden"]],
    [["conferences:read", "users:read"], ["guests: forbidden"]],
    [[], ["owner: forbidden", "guests: forbidden"]],
  ])("of the scopes %j misses %j", async (grantedScopes, missed) => {
    stand.sandbox.state.switches.grantedScopes = grantedScopes;
    expect(await failures()).toEqual(missed);
    expect(stand.sandbox.state.conferences.list()).toEqual([]);
  });

  it("is told also by a server that gives its own ids, and leaves nothing there", async () => {
    for (const ownConferenceId of ["refused", "replaced"] as const) {
      stand.sandbox.state.switches.ownConferenceId = ownConferenceId;
      expect(await failures()).toEqual([]);
      expect(stand.sandbox.state.conferences.list()).toEqual([]);
    }
  });

  it("starts with an answer at all", async () => {
    stand.sandbox.state.faults.add({ kind: "html500", match: {} });
    expect(await failures()).toEqual(["connection: server_error"]);
  });

  it("needs credentials that are right, and an owner", async () => {
    expect(await failures("nobody")).toEqual(["owner: not_found", "guests: invalid"]);
    const wrong = await openStand({}, { credentials: { clientId: "contract", clientSecret: "wrong" } });
    onTestFinished(() => wrong.sandbox.stop());
    expect((await wrong.client.checkServer("clinic")).at(-1)).toEqual({
      name: "token",
      ok: false,
      kind: "unauthorized",
    });
  });
});
