import { parseArgs } from "node:util";
import { startMailbox } from "./start";

/*
 * The demonstration's mailbox as a process of its own: `--port N --smtp-port N [--dir PATH] [--with-parent]`; port 0 takes any.
 * Once it listens it prints one line of JSON with its two addresses. With `--with-parent` it ends when its standard input does,
 * so that it never outlives the process that started it, however that one died.
 */
const { values } = parseArgs({
  options: {
    port: { type: "string", default: "0" },
    "smtp-port": { type: "string", default: "0" },
    dir: { type: "string" },
    "with-parent": { type: "boolean", default: false },
  },
});

const mailbox = await startMailbox({
  port: Number(values.port),
  smtpPort: Number(values["smtp-port"]),
  dir: values.dir,
});
process.stdout.write(`${JSON.stringify({ mailbox: mailbox.url, smtp: mailbox.smtpUrl })}\n`);

const stop = () => void mailbox.close().then(() => process.exit(0));
process.once("SIGINT", stop);
process.once("SIGTERM", stop);
if (values["with-parent"]) process.stdin.resume().once("end", stop).once("error", stop);
