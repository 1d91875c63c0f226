import pino from "pino";
import { env } from "./env";

const SECRETS = ["token", "email", "name", "authorization", "password", "url"];

let cached: pino.Logger | undefined;

/** A database's error message quotes rows: of those only the code is logged, of others the message too. */
function serializeError(error: unknown) {
  if (!(error instanceof Error)) return { type: typeof error };
  const code = "code" in error && typeof error.code === "string" ? error.code : undefined;
  const quotesRows =
    error.name.startsWith("PrismaClient") || (code !== undefined && /^[0-9A-Z]{5}$/.test(code));
  const frames = error.stack?.split("\n").filter((line) => line.trimStart().startsWith("at "));
  return {
    type: error.name,
    code,
    message: quotesRows ? undefined : error.message,
    stack: frames?.slice(0, 12).join("\n"),
  };
}

/**
 * The process's logger: one JSON object a line on standard output. A function, because a build imports modules without a
 * configuration. Only ids, kinds, counts and durations go in; the redaction is a net, not a licence.
 */
export function logger(): pino.Logger {
  cached ??= pino({
    level: env().LOG_LEVEL,
    base: undefined,
    serializers: { err: serializeError },
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: { paths: SECRETS.flatMap((key) => [key, `*.${key}`]), censor: "[redacted]" },
  });
  return cached;
}

export type Logger = pino.Logger;
