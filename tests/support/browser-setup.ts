import { startTestServer } from "./cluster";
import { type PortalAddresses, startPortal } from "./portal";

/** What the set-up hands to the processes that run the tests. */
const VARIABLE = "TEST_PORTAL";

/** The portal of this run. @throws before the set-up has run */
export function runningPortal(): PortalAddresses {
  const addresses = process.env[VARIABLE];
  if (!addresses) throw new Error("no portal runs: the tests in a browser start by playwright.config.ts");
  return JSON.parse(addresses) as PortalAddresses;
}

/** Playwright's global set-up: one PostgreSQL and one seeded portal for the whole run. */
export default async function setup(): Promise<() => Promise<void>> {
  const { server, stop: stopServer } = await startTestServer();
  try {
    const portal = await startPortal(server, { seeded: true });
    const { url, mailboxUrl, sandboxUrl, DATABASE_URL, DATABASE_OWNER_URL } = portal;
    process.env[VARIABLE] = JSON.stringify({ url, mailboxUrl, sandboxUrl, DATABASE_URL, DATABASE_OWNER_URL });
    process.env.TEST_PORTAL_URL = url;
    return async () => {
      await portal.stop();
      await stopServer();
    };
  } catch (error) {
    await stopServer();
    throw error;
  }
}
