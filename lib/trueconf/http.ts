import { readFileSync } from "node:fs";
import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from "node:http";
import { Agent as HttpsAgent, request as httpsRequest } from "node:https";
import { isLoopbackHost } from "@/lib/core/env";
import { fail, succeed, type TrueConfResult } from "./errors";

/** Far above any answer of the contract; a page of conferences is some 200 kB. */
const MAX_ANSWER_BYTES = 4 * 1024 * 1024;

export type HttpRequest = {
  method: "GET" | "POST" | "PUT" | "DELETE";
  /** Path and query, already encoded. */
  path: string;
  headers: Readonly<Record<string, string>>;
  body: string | undefined;
  timeoutMs: number;
};
export type HttpAnswer = { status: number; text: string };
export type Send = (request: HttpRequest) => Promise<TrueConfResult<HttpAnswer>>;

/** Failures that come before a request was written: nothing can have happened there. */
const BEFORE_SENDING =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|CERT_|ERR_TLS|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO)/;

/**
 * Opens keep-alive connections to one server. Redirects are not followed, since none is in the contract and a token must not
 * travel. Certificates are always verified; a clinic's own authority is added by its file.
 *
 * @throws for plain http beyond this machine
 */
export function createSend({ url, caFile }: { url: string; caFile?: string | undefined }): Send {
  const base = new URL(url);
  const secure = base.protocol === "https:";
  if (!secure && !isLoopbackHost(base.hostname))
    throw new Error("TrueConf must be reached by https beyond this machine");
  const pool = { keepAlive: true, maxSockets: 16, timeout: 60_000 };
  const agent = secure
    ? new HttpsAgent({ ...pool, ...(caFile ? { ca: readFileSync(caFile) } : {}) })
    : new HttpAgent(pool);
  const open = secure ? httpsRequest : httpRequest;

  return ({ method, path, headers, body, timeoutMs }) =>
    new Promise((resolve) => {
      const signal = AbortSignal.timeout(timeoutMs);
      const request = open(
        new URL(`${base.pathname.replace(/\/$/, "")}${path}`, base),
        {
          method,
          agent,
          signal,
          headers: {
            ...headers,
            ...(body === undefined ? {} : { "Content-Length": String(Buffer.byteLength(body)) }),
          },
        },
        (answer) => readAnswer(answer).then(resolve, onError),
      );
      function onError(error: NodeJS.ErrnoException) {
        if (signal.aborted) resolve(fail("timeout", "unclear"));
        else resolve(fail("unreachable", BEFORE_SENDING.test(error.code ?? "") ? "safe" : "unclear"));
      }
      request.on("error", onError);
      request.end(body);
    });
}

async function readAnswer(answer: IncomingMessage): Promise<TrueConfResult<HttpAnswer>> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_ANSWER_BYTES) {
      answer.destroy();
      return fail("malformed", "unclear");
    }
    chunks.push(chunk);
  }
  return succeed({ status: answer.statusCode ?? 0, text: Buffer.concat(chunks).toString("utf8") });
}
