import type { AddressInfo } from "node:net";
import { createAdaptorServer } from "@hono/node-server";
import { createApp } from "./http";
import { noFaults, startSmtp } from "./smtp";
import { openStore } from "./store";
import type { Mailbox, MailboxOptions } from "./types";

/**
 * Starts a mailbox for demonstrations and tests: a real SMTP server that takes mail for everybody, and pages that show it. Both
 * listen on 127.0.0.1 alone.
 *
 * @throws if a port is taken, naming it (`EADDRINUSE`)
 */
export async function startMailbox({ port = 0, smtpPort = 0, dir }: MailboxOptions = {}): Promise<Mailbox> {
  const store = await openStore(dir);
  const faults = noFaults();
  const smtp = await startSmtp(smtpPort, store, faults);
  const server = createAdaptorServer({ fetch: createApp(store).fetch });
  try {
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen(port, "127.0.0.1", () => resolve());
    });
  } catch (error) {
    await smtp.close();
    throw error;
  }
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    smtpUrl: `smtp://127.0.0.1:${smtp.port}`,
    faults,
    messages: store.list,
    clear: store.clear,
    async close() {
      await Promise.all([
        smtp.close(),
        new Promise<void>((resolve) => {
          server.close(() => resolve());
          // Streams of live changes would never end by themselves.
          if ("closeAllConnections" in server) server.closeAllConnections();
        }),
      ]);
    },
  };
}
