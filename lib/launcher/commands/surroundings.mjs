import { childEnvironment } from "../configuration/children.mjs";
import { rememberedPort } from "../configuration/ports.mjs";

/**
 * The database, and the environment that a portal on the same data has, for commands beside it. Its services may be up or not.
 *
 * @param {import("./session.mjs").Session} session
 */
export async function openSurroundings(session) {
  const { configuration } = session;
  const { mode, dataDir, given } = configuration;
  const port = (/** @type {"portal" | "sandbox" | "mailbox" | "smtp"} */ part) =>
    rememberedPort(dataDir, part);
  const ports = { sandbox: port("sandbox"), mailbox: port("mailbox"), smtp: port("smtp") };
  const database = await session.openDatabase();
  const env = childEnvironment(configuration, {
    database,
    port: Number(given.PORT ?? port("portal")),
    ports: mode === "demonstration" ? ports : undefined,
  });
  return { database, env };
}
