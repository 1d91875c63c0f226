import { fstatSync } from "node:fs";
import { parseArgs } from "node:util";
import { startMailbox } from "./start";

/*
 * The demonstration's mailbox as a process of its own: `--port N --smtp-port N [--dir PATH] [--with-parent]`; port 0 takes any.
 * Once it listens it prints one line of JSON with its two addresses. With `--with-parent` it ends with the process that
 * started it, however that one ends: the pipe that is its standard input, or the channel to it, closes then.
 */
const { values } = parseArgs({
  options: {
    port: { type: "string", default: "0" },
    "smtp-port": { type: "string", default: "0" },
    dir: { type: "string" },
    "with-parent": { type: "boolean", default: false },
  },
});

function readPort(name: "port" | "smtp-port"): number {
  const port = Number(values[name]);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new RangeError(`--${name} must be a whole number from 0 to 65535`);
  return port;
}

const mailbox = await startMailbox({
  port: readPort("port"),
  smtpPort: readPort("smtp-port"),
  dir: values.dir,
}).catch((error: unknown) => {
  process.stderr.write(`The mailbox could not start: ${error instanceof Error ? error.message : error}\n`);
  process.exit(1);
});
process.stdout.write(`${JSON.stringify({ mailbox: mailbox.url, smtp: mailbox.smtpUrl })}\n`);

const stop = () => void mailbox.close().then(() => process.exit(0));
process.once("SIGINT", stop);
process.once("SIGTERM", stop);
if (values["with-parent"]) {
  process.once("disconnect", stop);
  // A terminal or /dev/null says nothing about a parent and may be at its end from the start.
  const input = fstatSync(0);
  if (input.isFIFO() || input.isSocket()) process.stdin.resume().once("close", stop);
}
