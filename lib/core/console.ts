import { logger } from "./logger";

/** Next.js may name the address of a request: what opens a link there (256 bits as base64url) is nobody's to read. */
const TOKEN = /[\w-]{43,}/g;

/**
 * From now on what is said to `console.error` and `console.warn` is a line of the log. Next.js says errors there that nobody has caught,
 * each whole: its message, which may quote a row of the database, what caused it, and all that stands on it. Of errors the log says what it
 * says of every error, with the number under which the page showed it; words beside them are Next.js's own.
 */
export function logConsole(): void {
  for (const level of ["error", "warn"] as const)
    console[level] = (...said: unknown[]) => {
      const err = said.find((one) => one instanceof Error);
      const words = said.filter((one) => typeof one === "string").join(" ");
      if (err) logger()[level]({ err, eventId: "digest" in err ? err.digest : undefined }, "portal: failed");
      else logger()[level]({ words: words.replaceAll(TOKEN, "…") }, "portal: said to the console");
    };
}
