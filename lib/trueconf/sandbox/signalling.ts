import type { IncomingMessage, Server } from "node:http";
import type { Duplex } from "node:stream";
import { type WebSocket, WebSocketServer } from "ws";
import { z } from "zod";
import type { Channel, Participant, ServerMessage } from "./rooms";
import type { SandboxState } from "./state";

const PATH = "/_call/ws";
/** A session description with every candidate is some 10 kB. */
const MAX_MESSAGE_BYTES = 256 * 1024;
const HEARTBEAT_MS = 10_000;
const JOIN_WITHIN_MS = 10_000;
/** What a browser closes with when its page goes away: nobody comes back on that one. */
const GOING_AWAY = 1001;
const POLICY_VIOLATION = 1008;

const short = z.string().max(512);
/** What a call page tells the server. */
const clientMessageSchema = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("join"),
    conference: short,
    login: short,
    token: short,
    /** From an earlier `joined`: the way back into the same place, however old the token. */
    resume: short.optional(),
  }),
  z.object({ type: z.literal("signal"), to: short, data: z.json() }),
  z.object({ type: z.literal("media"), audio: z.boolean(), video: z.boolean(), screen: z.boolean() }),
  z.object({ type: z.literal("leave") }),
]);

/**
 * Serves the call pages' WebSocket on an HTTP server.
 *
 * @returns a function that ends every connection
 */
export function attachSignalling(server: Server, state: SandboxState): () => void {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_MESSAGE_BYTES });
  sockets.on("headers", (headers) => headers.push("X-TrueConf-Sandbox: 1"));
  sockets.on("connection", (socket) => serve(socket, state));
  server.on("upgrade", (request, socket, head) => {
    if (!isWelcome(request)) return refuseUpgrade(socket);
    sockets.handleUpgrade(request, socket, head, (open) => sockets.emit("connection", open, request));
  });
  const heartbeat = setInterval(() => sockets.clients.forEach(checkAlive), HEARTBEAT_MS);
  heartbeat.unref();
  return () => {
    clearInterval(heartbeat);
    for (const socket of sockets.clients) socket.terminate();
    sockets.close();
  };
}

/** Only our own pages: a foreign page must not reach the signalling with a visitor's address. */
function isWelcome({ url, headers }: IncomingMessage): boolean {
  if (url?.split("?", 1)[0] !== PATH) return false;
  const { origin, host } = headers;
  return origin === undefined || (URL.canParse(origin) && new URL(origin).host === host);
}

function refuseUpgrade(socket: Duplex): void {
  socket.end("HTTP/1.1 403 Forbidden\r\nX-TrueConf-Sandbox: 1\r\nConnection: close\r\n\r\n");
}

const silent = new WeakSet<WebSocket>();
function checkAlive(socket: WebSocket): void {
  if (silent.has(socket)) {
    socket.terminate();
    return;
  }
  silent.add(socket);
  socket.ping();
}

function serve(socket: WebSocket, state: SandboxState): void {
  let participant: Participant | undefined;
  const channel: Channel = {
    send: (message: ServerMessage) => {
      if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(message));
    },
    close: () => socket.close(1000),
    terminate: () => socket.terminate(),
  };
  const patience = setTimeout(() => socket.close(POLICY_VIOLATION), JOIN_WITHIN_MS);
  patience.unref();

  socket.on("pong", () => silent.delete(socket));
  // A broken frame ends in "close", which does what is needed.
  socket.on("error", () => socket.terminate());
  socket.on("close", (code) => {
    clearTimeout(patience);
    if (participant?.channel !== channel) return;
    if (code === GOING_AWAY) state.rooms.leave(participant);
    else state.rooms.drop(participant, channel);
  });
  socket.on("message", (raw, isBinary) => {
    const message = isBinary ? undefined : readMessage(String(raw));
    if (!message) return socket.close(POLICY_VIOLATION);
    if (message.type === "join") {
      if (participant) return socket.close(POLICY_VIOLATION);
      clearTimeout(patience);
      participant = join(state, message, channel);
      return;
    }
    // Whoever was put out or has left is not listened to any more.
    if (participant?.channel !== channel) return;
    if (message.type === "leave") {
      state.rooms.leave(participant);
      socket.close(1000);
    } else if (message.type === "media") {
      const { audio, video, screen } = message;
      state.rooms.setMedia(participant, { audio, video, screen });
    } else state.rooms.relay(participant, message.to, message.data);
  });
}

function join(
  state: SandboxState,
  { conference, login, token, resume }: { conference: string; login: string; token: string; resume?: string },
  channel: Channel,
): Participant | undefined {
  state.conferences.startDue();
  const outcome = state.rooms.enter({ conferenceId: conference, login, token, resume }, channel);
  if (typeof outcome !== "string") return outcome;
  channel.send({ type: "refused", reason: outcome });
  channel.close();
  return undefined;
}

function readMessage(text: string): z.output<typeof clientMessageSchema> | undefined {
  try {
    return clientMessageSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
