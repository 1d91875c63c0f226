import pino from "pino";
import { env } from "./env";

const SECRETS = ["token", "email", "name", "authorization", "password", "url"];

let cached: pino.Logger | undefined;

/**
 * Errors whose messages quote what they were about: rows of the database, a text that is no JSON, a typed date that is none, fields of a
 * form. Of these the kind, the code and the place are logged, and no message.
 */
const QUOTING = /^(PrismaClient|DriverAdapterError$|SyntaxError$|RangeError$|ZodError$|\$ZodError$)/;
/** PostgreSQL's own codes, whose errors quote rows too. */
const SQLSTATE = /^[0-9A-Z]{5}$/;

/** What a log line says of an error. What caused it is left out, and whatever else stands on it: either may be anything. */
export function serializeError(error: unknown) {
  if (!(error instanceof Error)) return { type: typeof error };
  const code = "code" in error && typeof error.code === "string" ? error.code : undefined;
  const quotes = QUOTING.test(error.name) || (code !== undefined && SQLSTATE.test(code));
  // A message may have lines that look like a place.
  const places = error.stack?.replace(error.message, "").split("\n") ?? [];
  return {
    type: error.name,
    code,
    message: quotes ? undefined : error.message,
    stack: places
      .filter((line) => line.trimStart().startsWith("at "))
      .slice(0, 12)
      .join("\n"),
  };
}

/** How everything is logged: its time in UTC, nothing of the machine, and what could name somebody taken out. */
export const loggerOptions = (level: string): pino.LoggerOptions => ({
  level,
  base: undefined,
  serializers: { err: serializeError },
  timestamp: pino.stdTimeFunctions.isoTime,
  redact: { paths: SECRETS.flatMap((key) => [key, `*.${key}`]), censor: "[redacted]" },
});

/**
 * The process's logger: one JSON object a line on standard output. A function, because a build imports modules without a
 * configuration. Only ids, kinds, counts and durations go in; the redaction is a net, not a licence.
 */
export function logger(): pino.Logger {
  cached ??= pino(loggerOptions(env().LOG_LEVEL));
  return cached;
}

export type Logger = pino.Logger;
