import type { AddressInfo, Socket } from "node:net";
import { buffer } from "node:stream/consumers";
import { SMTPServer } from "smtp-server";
import type { MailStore } from "./store";
import type { MailboxFaults } from "./types";

const MAX_MAIL_BYTES = 10 * 1024 * 1024;

export const noFaults = (): MailboxFaults => ({
  unknownRecipients: new Set(),
  busyTimes: 0,
  refuseTimes: 0,
  breakOffTimes: 0,
  hang: false,
});

const refusal = (responseCode: number, message: string) =>
  Object.assign(new Error(message), { responseCode });

/** A real SMTP server on this machine that takes every mail, unless told to misbehave. */
export async function startSmtp(
  port: number,
  store: MailStore,
  faults: MailboxFaults,
): Promise<{ port: number; close(): Promise<void> }> {
  /** Open connections by the port they come from. */
  const sockets = new Map<number, Socket>();
  const server = new SMTPServer({
    name: "demonstration-mailbox",
    disabledCommands: ["AUTH", "STARTTLS"],
    disableReverseLookup: true,
    size: MAX_MAIL_BYTES,
    closeTimeout: 500,
    onRcptTo({ address }, _session, done) {
      done(faults.unknownRecipients.has(address) ? refusal(550, "5.1.1 No such mailbox") : null);
    },
    onData(stream, session, done) {
      buffer(stream)
        .then(async (source) => {
          if (faults.hang) return;
          if (stream.sizeExceeded) return done(refusal(552, "5.3.4 Message too big"));
          if (faults.busyTimes > 0) {
            faults.busyTimes -= 1;
            return done(refusal(451, "4.3.0 Try again later"));
          }
          if (faults.refuseTimes > 0) {
            faults.refuseTimes -= 1;
            return done(refusal(554, "5.6.0 Message refused"));
          }
          await store.add(source);
          if (faults.breakOffTimes > 0) {
            faults.breakOffTimes -= 1;
            sockets.get(session.remotePort)?.destroy();
            return;
          }
          done(null);
        })
        .catch(() => done(refusal(451, "4.3.0 The mail could not be read")));
    },
  });
  // A client that goes away in mid-sentence is its own affair.
  server.on("error", () => undefined);
  server.server.on("connection", (socket) => {
    const { remotePort } = socket;
    if (remotePort === undefined) return;
    sockets.set(remotePort, socket);
    socket.once("close", () => sockets.delete(remotePort));
  });
  await new Promise<void>((resolve, reject) => {
    server.server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  return {
    port: (server.server.address() as AddressInfo).port,
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}
