import { createServer, type Server } from "node:http";
import { createServer as createSecureServer } from "node:https";
import type { AddressInfo } from "node:net";
import { getRequestListener } from "@hono/node-server";
import { createApp } from "./app";
import { attachSignalling } from "./signalling";
import { type SandboxOptions, SandboxState } from "./state";

/** How exactly a scheduled conference starts at its time when nobody asks. */
const TICK_MS = 500;

export type RunningSandbox = { url: string; state: SandboxState; stop(): Promise<void> };

/**
 * Starts the stand-in for a TrueConf server on this machine's loopback.
 *
 * @returns its address, its memory, and how to stop it: every connection ends at once
 * @throws when the port is taken
 */
export async function startSandbox(options: SandboxOptions): Promise<RunningSandbox> {
  const state = new SandboxState(options);
  const listener = getRequestListener(createApp(state).fetch, { overrideGlobalObjects: false });
  const server: Server = options.tls ? createSecureServer(options.tls, listener) : createServer(listener);
  const endSignalling = attachSignalling(server, state);

  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port ?? 0, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;
  state.url = `${options.tls ? "https" : "http"}://127.0.0.1:${port}`;
  const ticker = setInterval(() => state.conferences.startDue(), TICK_MS);
  ticker.unref();

  const stop = async () => {
    clearInterval(ticker);
    endSignalling();
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    server.closeAllConnections();
    await closed;
  };
  return { url: state.url, state, stop };
}
