import { X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from "node:http";
import { Agent as HttpsAgent, request as httpsRequest } from "node:https";
import type { Socket } from "node:net";
import { createSecureContext, rootCertificates, type SecureContext } from "node:tls";
import { EnvError, isLoopbackHost } from "@/lib/core/env";
import { fail, type Retry, succeed, type TrueConfFailure, type TrueConfResult } from "../errors";

/** Far above any answer of the contract; a page of conferences is some 200 kB. */
const MAX_ANSWER_BYTES = 4 * 1024 * 1024;
/** Below the 75 s after which common proxies close an idle connection; a server that announces less is heeded by the agent. */
const IDLE_MS = 60_000;

export type Method = "GET" | "POST" | "PUT" | "DELETE";
export type HttpRequest = {
  method: Method;
  /** Path and query, already encoded. */
  path: string;
  headers: Readonly<Record<string, string>>;
  body?: string | undefined;
  /** For everything: connecting, sending, and the last byte of the answer. */
  timeoutMs: number;
};
export type HttpAnswer = {
  status: number;
  text: string;
  /** What the server says that the time is. */
  date?: string | undefined;
};
export type Send = (request: HttpRequest) => Promise<TrueConfResult<HttpAnswer>>;

/** How Node and OpenSSL name a certificate that is not accepted. */
const CERTIFICATE =
  /^(CERT_|CRL_|ERR_TLS_CERT|DEPTH_ZERO_SELF_SIGNED|SELF_SIGNED_CERT|UNABLE_TO_|HOSTNAME_MISMATCH|INVALID_(CA|PURPOSE)|PATH_LENGTH_EXCEEDED)/;

/**
 * Opens keep-alive connections to one server. Redirects are not followed, since none is in the contract and a token must not
 * travel. Certificates are always verified; a clinic's own authority is added to the public ones by its file.
 *
 * A failure before the connection stood is `safe`, any later one `unclear`: the request may have been read. `safe` too is a GET on
 * a kept connection that breaks before any answer, for that is how one looks which the server was just closing.
 *
 * @throws {EnvError} for plain http beyond this machine, or a file that holds no certificate
 */
export function createSend({ url, caFile }: { url: string; caFile?: string | undefined }): Send {
  const base = new URL(url);
  const secure = base.protocol === "https:";
  if (!secure && !isLoopbackHost(base.hostname))
    throw new EnvError(["TRUECONF_URL must be https beyond this machine"]);
  const pool = { keepAlive: true, maxSockets: 16, timeout: IDLE_MS };
  // Said here, so that no variable of the environment turns it off.
  const agent = secure
    ? new HttpsAgent({ ...pool, rejectUnauthorized: true, ...trust(caFile) })
    : new HttpAgent(pool);
  const open = secure ? httpsRequest : httpRequest;
  const prefix = base.pathname.replace(/\/$/, "");

  return ({ method, path, headers, body, timeoutMs }) =>
    new Promise((resolve) => {
      const signal = AbortSignal.timeout(timeoutMs);
      let connected = false;
      let mayBeStale = false;
      const onError = (error: NodeJS.ErrnoException) => {
        const isUnread = !connected || (mayBeStale && !signal.aborted);
        resolve(failureOf(error, { late: signal.aborted, retry: isUnread ? "safe" : "unclear" }));
      };
      try {
        const length = body === undefined ? {} : { "Content-Length": String(Buffer.byteLength(body)) };
        const request = open(new URL(`${prefix}${path}`, base), {
          method,
          agent,
          signal,
          headers: { ...headers, ...length },
        });
        request.on("socket", (socket: Socket) => {
          connected = request.reusedSocket;
          mayBeStale = request.reusedSocket && method === "GET";
          if (!connected)
            socket.once(secure ? "secureConnect" : "connect", () => {
              connected = true;
            });
        });
        request.on("response", (answer) => {
          mayBeStale = false;
          readAnswer(answer).then(resolve, onError);
        });
        request.on("error", onError);
        request.end(body);
      } catch {
        // A header that cannot be sent: a key or secret with a line end in it.
        resolve(fail("configuration", "never"));
      }
    });
}

/** The public authorities and the clinic's own: Node's `ca` alone would put one in the place of the others. */
function trust(caFile: string | undefined): { secureContext?: SecureContext } {
  if (!caFile) return {};
  try {
    const own = readFileSync(caFile, "utf8");
    // Otherwise a file without a certificate would be taken without a word.
    new X509Certificate(own);
    return { secureContext: createSecureContext({ ca: [...rootCertificates, own] }) };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new EnvError([`TRUECONF_CA_FILE cannot be read as a certificate in PEM (${code ?? "unknown"})`]);
  }
}

function failureOf(
  { code = "" }: NodeJS.ErrnoException,
  { late, retry }: { late: boolean; retry: Retry },
): TrueConfFailure {
  if (late) return fail("timeout", retry);
  return CERTIFICATE.test(code) ? fail("certificate", "never") : fail("unreachable", retry);
}

async function readAnswer(answer: IncomingMessage): Promise<TrueConfResult<HttpAnswer>> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    size += chunk.length;
    // Leaving the loop ends the connection.
    if (size > MAX_ANSWER_BYTES) return fail("malformed", "unclear");
    chunks.push(chunk);
  }
  const text = Buffer.concat(chunks).toString("utf8");
  return succeed({ status: answer.statusCode ?? 0, text, date: answer.headers.date });
}
