import { onTestFinished } from "vitest";
import { WebSocket } from "ws";
import { startSandbox } from "@/lib/trueconf/sandbox/start";
import type { SandboxOptions } from "@/lib/trueconf/sandbox/state";
import type { Switches } from "@/lib/trueconf/sandbox/switches";

// biome-ignore lint/suspicious/noExplicitAny: answers are read as a client without types would read them
export type Json = any;
export type Answer = { status: number; headers: Headers; text: string; body: Json };

export const CLIENT = { client_id: "portal", client_secret: "not-a-real-secret" };
export const START_OF_TIME = Date.parse("2027-01-01T09:00:00Z");
export const START_SECONDS = START_OF_TIME / 1000;

/** A sandbox for one test, with its own clock that stands still until it is moved. */
export async function openSandbox(options: Partial<SandboxOptions> = {}) {
  let now = START_OF_TIME;
  const sandbox = await startSandbox({
    clientId: CLIENT.client_id,
    clientSecret: CLIENT.client_secret,
    owner: "clinic",
    guestSeats: 20,
    portalOrigins: ["http://localhost:3000"],
    now: () => now,
    ...options,
  });
  onTestFinished(() => sandbox.stop());
  const { url, state } = sandbox;

  const send = async (method: string, path: string, init: RequestInit = {}): Promise<Answer> => {
    const response = await fetch(`${url}${path}`, { method, redirect: "manual", ...init });
    const text = await response.text();
    const isJson = response.headers.get("Content-Type")?.startsWith("application/json");
    return {
      status: response.status,
      headers: response.headers,
      text,
      body: isJson ? tryParse(text) : undefined,
    };
  };
  const json = (body: unknown): RequestInit => ({
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
  const requestToken = (body: object = {}) =>
    send("POST", "/oauth2/v1/token", json({ grant_type: "client_credentials", ...CLIENT, ...body }));
  let token: string = (await requestToken()).body.access_token;

  const api = (method: string, path: string, body?: unknown): Promise<Answer> =>
    send(method, `/api/v3.11${path}`, {
      headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  const control = (method: string, path: string, body?: unknown): Promise<Answer> =>
    send(method, `/_sandbox${path}`, {
      headers: { "Content-Type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });

  return {
    url,
    state,
    stop: sandbox.stop,
    send,
    json,
    api,
    control,
    requestToken,
    get token() {
      return token;
    },
    renewToken: async () => {
      token = (await requestToken()).body.access_token;
    },
    advance: (seconds: number) => {
      now += seconds * 1000;
    },
    set: (switches: Partial<Switches>) => control("PUT", "/switches", switches),
    /** A room that guests may enter at once. */
    create: async (fields: object = {}): Promise<string> => {
      const created = await api("POST", "/conferences", { ...visit(), ...fields });
      if (created.status !== 200) throw new Error(created.text);
      return created.body.conference.id;
    },
    createRunning: async (fields: object = {}): Promise<string> => {
      const created = await api("POST", "/conferences", { ...visit(), ...fields });
      const { id } = created.body.conference;
      await api("POST", `/conferences/${id}/run`);
      return id;
    },
    clients: (id: string, user?: string, more = "") =>
      send("GET", `/api/v3.11/software/clients?${clientsQuery(id, user)}${more}`),
    /** A guest's way in, read as the portal reads it. */
    mint: async (id: string, user = "2$guest_a*Ann") => {
      const { body } = await send("GET", `/api/v3.11/software/clients?${clientsQuery(id, user)}`);
      const web = body.clients.find((one: Json) => one.web_url?.includes(`/webrtc/${id}`));
      const fragment = new URLSearchParams(new URL(web.web_url).hash.slice(1));
      return { conference: id, login: fragment.get("login") ?? "", token: fragment.get("token") ?? "" };
    },
    join: async (claim: Claim) => {
      const page = await openPage(url);
      page.send({ type: "join", ...claim });
      return page;
    },
  };
}
export type TestSandbox = Awaited<ReturnType<typeof openSandbox>>;
export type Claim = { conference: string; login: string; token: string; resume?: string };

export const visit = () => ({
  topic: "Visit",
  description: "",
  owner: "clinic",
  type: 0,
  schedule: { type: -1 },
  allow_guests: true,
  invitations: [{ id: "clinic" }],
});

export const inOneHour = () => ({ type: 1, start_time: START_SECONDS + 3600, duration: 1800 });

export const reasonOf = ({ body }: Answer): string => body.error.errors[0].reason;

const clientsQuery = (id: string, user?: string) =>
  new URLSearchParams({ call_id: id, case: "join_conference_button", ...(user ? { user } : {}) });

function tryParse(text: string): Json {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The signalling side of a call page: what arrived, and what is still to come. */
export async function openPage(url: string, headers: Record<string, string> = {}) {
  const socket = new WebSocket(`${url.replace("http", "ws")}/_call/ws`, { headers });
  const inbox: Json[] = [];
  const waiting: { type: string; resolve: (message: Json) => void }[] = [];
  socket.on("message", (raw) => {
    const message: Json = JSON.parse(String(raw));
    const index = waiting.findIndex(({ type }) => type === message.type);
    if (index >= 0) waiting.splice(index, 1)[0]?.resolve(message);
    else inbox.push(message);
  });
  const closed = new Promise<number>((resolve) => socket.once("close", (code) => resolve(code)));
  await new Promise<void>((resolve, reject) => {
    socket.once("open", () => resolve());
    socket.once("error", reject);
  });
  return {
    socket,
    closed,
    inbox,
    send: (message: object) => socket.send(JSON.stringify(message)),
    /** The next message of that type, arrived already or not. */
    next: (type: string): Promise<Json> => {
      const index = inbox.findIndex((message) => message.type === type);
      if (index >= 0) return Promise.resolve(inbox.splice(index, 1)[0]);
      return new Promise((resolve) => waiting.push({ type, resolve }));
    },
  };
}
