import type { FullConfig } from "@playwright/test";
import { startTestServer } from "./cluster";
import { type PortalAddresses, startPortal, type TestPortal } from "./portal";

/** What the set-up hands to the processes that run the tests. */
const VARIABLE = "TEST_PORTALS";

/** The portal of this process: each that runs tests has one to itself, since two tests at once would book each other's times away. */
export function ownPortal(): PortalAddresses | undefined {
  const portals = JSON.parse(process.env[VARIABLE] ?? "[]") as PortalAddresses[];
  return portals[Number(process.env.TEST_PARALLEL_INDEX)];
}

/** The same. @throws before the set-up has run */
export function runningPortal(): PortalAddresses {
  const addresses = ownPortal();
  if (!addresses) throw new Error("no portal runs: the tests in a browser start by playwright.config.ts");
  return addresses;
}

/** Enough for every journey's visits of this very hour: they are of many clinics, in one database. */
export const GUEST_SEATS = 200;

/** Playwright's global set-up: one PostgreSQL, and a seeded portal for each process that runs tests. */
export default async function setup({ workers }: FullConfig): Promise<() => Promise<void>> {
  const { server, stop: stopServer } = await startTestServer();
  const portals: TestPortal[] = [];
  const stop = async () => {
    await Promise.all(portals.map((portal) => portal.stop()));
    await stopServer();
  };
  try {
    // One after another: each takes both cores of a small machine while it starts.
    for (let at = 0; at < workers; at += 1)
      portals.push(
        await startPortal(server, { seeded: true, env: { TRUECONF_GUEST_SEATS: String(GUEST_SEATS) } }),
      );
  } catch (error) {
    await stop();
    throw error;
  }
  process.env[VARIABLE] = JSON.stringify(
    portals.map(({ url, mailboxUrl, sandboxUrl, DATABASE_URL, DATABASE_OWNER_URL }) => ({
      url,
      mailboxUrl,
      sandboxUrl,
      DATABASE_URL,
      DATABASE_OWNER_URL,
    })),
  );
  return stop;
}
