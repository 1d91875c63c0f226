import { Agent, request } from "node:http";

import { TOO_LARGE } from "./nonsense";

const agent = new Agent({ keepAlive: true, maxSockets: 16 });

export type Question = {
  method: string;
  /** Sent as it stands, unlike what `fetch` would make of it. */
  path: string;
  headers: Record<string, string>;
  body?: string | Buffer;
};
export type Answer = { status: number; text: string; headers: Record<string, string | string[] | undefined> };

/** Asks over a connection that is kept, and reads the answer; of a stream of events only that it begins. */
export async function ask(url: string, question: Question): Promise<Answer> {
  try {
    return await askOnce(url, question);
  } catch (error) {
    // The other side closes a connection that was idle, or whose body it does not want: once more, on another.
    if ((error as { code?: string }).code === "ECONNRESET" || (error as { code?: string }).code === "EPIPE")
      return askOnce(url, question);
    throw error;
  }
}

const askOnce = (url: string, { method, path, headers, body: named }: Question): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const body = named === TOO_LARGE ? "x".repeat(300_000) : named;
    const { hostname, port } = new URL(url);
    const length = body === undefined ? {} : { "content-length": String(Buffer.byteLength(body)) };
    const sent = request(
      { agent, maxHeaderSize: 65_536, hostname, port, method, path, headers: { ...headers, ...length } },
      (answer) => {
        const settle = (text: string) =>
          resolve({ status: answer.statusCode ?? 0, text, headers: answer.headers });
        if (String(answer.headers["content-type"]).startsWith("text/event-stream")) {
          settle("");
          answer.destroy();
          return;
        }
        const chunks: Buffer[] = [];
        answer.on("data", (chunk: Buffer) => chunks.push(chunk));
        answer.on("end", () => settle(Buffer.concat(chunks).toString("utf8")));
        answer.on("error", reject);
      },
    );
    sent.on("error", reject);
    sent.end(body);
  });
