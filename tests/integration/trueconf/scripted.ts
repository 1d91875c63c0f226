import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";
import { type ApiConfig, createApi } from "@/lib/trueconf/transport/api";

export type Answer = (response: ServerResponse, request: IncomingMessage) => void;

/** An answer in JSON, or in whatever text is given. */
export const say =
  (status: number, body: unknown = {}, headers: Record<string, string> = {}): Answer =>
  (response) => {
    response.writeHead(status, headers);
    response.end(typeof body === "string" ? body : JSON.stringify(body));
  };

/** The connection breaks, before anything is answered. */
export const hangUp: Answer = (response) => {
  response.socket?.resetAndDestroy();
};

/** v3's envelope. */
export const refuse = (status: number, reason: string): Answer =>
  say(status, { error: { code: status, message: "", errors: [{ reason, message: "" }] } });

/**
 * A server that does what no TrueConf should, and a caller of it. It gives the answers one after another and repeats the last;
 * tokens are `token-1`, `token-2` and so on.
 */
export async function openScripted(answers: readonly Answer[], config: Partial<ApiConfig> = {}, base = "") {
  const requests: string[] = [];
  const headers: IncomingMessage["headers"][] = [];
  const connections = new Set<unknown>();
  let tokens = 0;
  let answered = 0;
  const server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url}`);
    connections.add(request.socket);
    if (request.url === `${base}/oauth2/v1/token`) {
      tokens += 1;
      say(200, { access_token: `token-${tokens}`, expires_in: 604_800 })(response, request);
      return;
    }
    headers.push(request.headers);
    const answer = answers[Math.min(answered, answers.length - 1)];
    answered += 1;
    answer?.(response, request);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}${base}`;
  const waits: number[] = [];
  const logged: unknown[][] = [];
  const note = (...words: unknown[]) => void logged.push(words);
  const api = createApi({
    url,
    credentials: { clientId: "portal", clientSecret: "not-a-real-secret" },
    timeoutMs: 2_000,
    random: () => 0,
    sleep: async (ms) => waits.push(ms),
    log: { debug: note, warn: note },
    ...config,
  });
  return { api, url, requests, headers, connections, waits, logged };
}
