import { logger } from "./logger";

/**
 * From now on what is said to `console.error` is a line of the log. Next.js says errors there that nobody has caught, each whole: its
 * message, which may quote a row of the database, what caused it, and all that stands on it. Of errors the log says what it says of every
 * error, with the number under which the page showed it; words beside them are Next.js's own.
 */
export function logConsole(): void {
  console.error = (...said: unknown[]) => {
    const err = said.find((one) => one instanceof Error);
    const words = said.filter((one) => typeof one === "string").join(" ");
    if (err) logger().error({ err, eventId: "digest" in err ? err.digest : undefined }, "portal: failed");
    else logger().error({ words }, "portal: said to the console");
  };
}
