import pino from "pino";
import { env } from "./env";

/**
 * The process's logger: one JSON object a line on standard output.
 * Only ids, kinds, counts and durations go in. Names, addresses, tokens and links never do; the redaction below is a net, not a licence.
 */
export const logger = pino({
  level: env().LOG_LEVEL,
  base: undefined,
  timestamp: pino.stdTimeFunctions.isoTime,
  redact: {
    paths: [
      "token",
      "*.token",
      "email",
      "*.email",
      "name",
      "*.name",
      "authorization",
      "*.authorization",
      "password",
      "*.password",
      "url",
      "*.url",
    ],
    censor: "[redacted]",
  },
});

export type Logger = typeof logger;
