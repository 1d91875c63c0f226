import { rmSync } from "node:fs";
import { inRoot } from "@/lib/launcher/paths.mjs";
import { anyFreePort } from "@/lib/launcher/ports.mjs";
import { createGroup } from "@/lib/launcher/processes/group.mjs";
import { startWeb } from "@/lib/launcher/services.mjs";
import { TEST_ENV } from "./env";
import type { PortalAddresses } from "./portal";

/** Where a portal that is told to be https is asked, past the proxy that would hold its certificate. */
export type HttpsWeb = {
  /** Where it listens. */
  url: string;
  /** What browsers would call it. */
  origin: string;
  stop: () => Promise<void>;
};

/** One more web server for a running portal's rows, with an https `PORTAL_URL`. Whoever has a session there has it here too. */
export async function startHttpsWeb(
  { DATABASE_URL, sandboxUrl, mailboxUrl }: PortalAddresses,
  more: Readonly<Record<string, string>> = {},
): Promise<HttpsWeb> {
  const port = await anyFreePort();
  const dataDir = inRoot(".cache", `https-${process.pid}-${port}`);
  const env = {
    ...process.env,
    ...TEST_ENV,
    NODE_ENV: "production",
    LOG_LEVEL: "info",
    DATABASE_URL,
    DATABASE_OWNER_URL: "",
    PORTAL_URL: `https://localhost:${port}`,
    PORT: String(port),
    DATA_DIR: dataDir,
    TRUECONF_URL: sandboxUrl,
    MAILBOX_URL: mailboxUrl,
    ...more,
  };
  const group = createGroup(() => undefined);
  const stop = async () => {
    await group.stop();
    rmSync(dataDir, { recursive: true, force: true });
  };
  try {
    await startWeb(group, { env, logs: `${dataDir}/logs` });
  } catch (error) {
    await stop();
    throw error;
  }
  return { url: `http://localhost:${port}`, origin: env.PORTAL_URL, stop };
}
