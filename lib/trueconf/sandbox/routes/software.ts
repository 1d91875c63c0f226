import { Hono } from "hono";
import type { Conference } from "../domain/conferences";
import { Refusal } from "../domain/refusal";
import { type Link, parsePerson } from "../links";
import type { SandboxState } from "../state";
import { type AppContext, type AppEnv, answer, readToken } from "./http";
import { conferencePath } from "./views";

/** The applications one may join with, as a real server lists them beside its web client. */
const NATIVE = [
  ["TrueConf for Windows", "windows"],
  ["TrueConf for macOS", "macos"],
  ["TrueConf for Linux", "linux"],
  ["TrueConf for iOS", "ios"],
  ["TrueConf for Android", "android"],
] as const;

/**
 * `GET /software/clients`: a guest's way in, minted at each call (TrueConf API: guest links). It asks for no token by default,
 * since real servers do not: whoever knows a public conference's id can enter.
 */
export function softwareRoutes(state: SandboxState): Hono<AppEnv> {
  return new Hono<AppEnv>().get("/clients", (c) => {
    const { switches } = state;
    if (switches.clientsNeedToken) state.tokens.require(readToken(c), ["conferences", "conferences:read"]);
    const id = c.req.query("call_id");
    if (!id) throw new Refusal(400, "invalidValue", "call_id is required");
    const conference = state.conferences.find(id);
    if (!conference && switches.clientsUnknownConference === 404) state.conferences.require(id);
    if (conference?.state === "stopped" && switches.clientsRefuseStopped)
      throw new Refusal(400, "conferenceNotRunning", "Conference is not running");

    const person = parsePerson(c.req.query("user"));
    if (person?.kind === "user") person.displayName = state.users.require(person.id).displayName;
    const link = person && state.links.mint(id, person);
    return answer(c, listClients(c, state, { id, conference, link }));
  });
}

type Asked = { id: string; conference: Conference | undefined; link: Link | undefined };

function listClients(c: AppContext, state: SandboxState, { id, link }: Asked) {
  const { deeplinks: place, webClientEntry, iframeClosing } = state.switches;
  const deeplinks = viewDeeplinks(state, id, link);
  const perClient = place === "client" ? { deeplinks } : {};
  const native = NATIVE.map(([name, platform]) => ({
    name,
    type: "standalone",
    platform,
    download_url: `${state.url}/downloads/${platform}`,
    download_urls: null,
    market_url: "",
    ...perClient,
  }));

  const origin = c.get("foreignWebOrigin") ?? state.url;
  const fragment = link
    ? `#login=${encodeURIComponent(link.login)}&token=${link.token}&lang=${encodeURIComponent(c.req.query("lang") ?? "auto")}`
    : "";
  const web = (name: string, path: string) => {
    const webUrl = `${origin}${path}${fragment}`;
    const close = iframeClosing === "broken" ? "<\\iframe>" : "</iframe>";
    return {
      name,
      type: "web",
      platform: "webrtc",
      download_url: "",
      download_urls: null,
      market_url: "",
      web_url: webUrl,
      iframe: `<iframe src="${webUrl.replaceAll("&", "&amp;")}" allowfullscreen="allowfullscreen" allow="microphone; camera; autoplay; display-capture" >${close}`,
      ...perClient,
    };
  };
  const [first, ...rest] = native;
  // The widget has the same type and platform, and stands first: only the path tells it from the client.
  const webEntries = webClientEntry
    ? [
        web("TrueConf Web Widget", `/webrtc-widget/${encodeURIComponent(id)}`),
        web("TrueConf Web", conferencePath(id)),
      ]
    : [];
  return { clients: [first, ...webEntries, ...rest], ...(place === "top" ? { deeplinks } : {}) };
}

function viewDeeplinks(state: SandboxState, id: string, link: Link | undefined) {
  const parameters = new URLSearchParams({ h: state.url ? new URL(state.url).host : "", force: "1" });
  if (link) {
    parameters.set("templogin", "1");
    parameters.set("login", link.login);
    parameters.set("password", link.token);
    parameters.set("encrypt", "0");
    parameters.set("autoclose", "1");
  }
  const target = `\\c\\${encodeURIComponent(id)}&${parameters}`;
  return {
    default: `trueconf:${target}`,
    android: `intent:${target}#Intent;scheme=trueconf;package=com.trueconf.videochat;end`,
  };
}
