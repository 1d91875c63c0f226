import { fstatSync, readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { startSandbox } from "./start";

/**
 * `npm run sandbox`: the stand-in server as a process of its own. Says where it listens in one line of JSON.
 * Every value may come from the environment too, as SANDBOX_PORT and so on; an argument wins. The secrets should, since a process
 * list shows arguments, and the secret key can come from nowhere else.
 */
const { env } = process;
const { values } = parseArgs({
  options: {
    port: { type: "string", default: env.SANDBOX_PORT ?? "3001" },
    "portal-origin": {
      type: "string",
      multiple: true,
      default: (env.SANDBOX_PORTAL_ORIGIN ?? "http://localhost:3000").split(" "),
    },
    "guest-seats": { type: "string", default: env.SANDBOX_GUEST_SEATS ?? "20" },
    "client-id": { type: "string", default: env.SANDBOX_CLIENT_ID ?? "sandbox" },
    "client-secret": { type: "string", default: env.SANDBOX_CLIENT_SECRET ?? "sandbox-secret" },
    owner: { type: "string", default: env.SANDBOX_OWNER ?? "clinic" },
    "tls-cert": { type: "string" },
    "tls-key": { type: "string" },
    "with-parent": { type: "boolean", default: false },
  },
});

function readCount(name: "port" | "guest-seats", max: number): number {
  // An empty text would count as 0.
  const count = Number(values[name] || Number.NaN);
  if (!Number.isInteger(count) || count < 0 || count > max)
    throw new Error(`--${name} must be a whole number from 0 to ${max}`);
  return count;
}

function readTls() {
  const { "tls-cert": cert, "tls-key": key } = values;
  if (!cert && !key) return undefined;
  if (!cert || !key) throw new Error("--tls-cert and --tls-key go together");
  return { cert: readFileSync(cert), key: readFileSync(key) };
}

/** Ends this process with the one that started it, whichever way that one ends. */
function followParent(end: () => void): void {
  process.once("disconnect", end);
  // Only a pipe says something about the parent: a terminal or /dev/null may be at its end from the start.
  const stdin = fstatSync(0);
  if (stdin.isFIFO() || stdin.isSocket()) process.stdin.resume().once("close", end).once("end", end);
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) end();
  }, 1000).unref();
}

try {
  const tls = readTls();
  const secretKey = env.SANDBOX_SECRET_KEY;
  const sandbox = await startSandbox({
    port: readCount("port", 65_535),
    portalOrigins: values["portal-origin"].map((origin) => new URL(origin).origin),
    guestSeats: readCount("guest-seats", 10_000),
    clientId: values["client-id"],
    clientSecret: values["client-secret"],
    owner: values.owner,
    ...(secretKey ? { secretKey } : {}),
    ...(tls ? { tls } : {}),
  });
  const end = () => {
    void sandbox.stop().finally(() => process.exit(0));
  };
  process.once("SIGTERM", end);
  process.once("SIGINT", end);
  if (values["with-parent"]) followParent(end);
  process.stdout.write(`${JSON.stringify({ sandbox: sandbox.url })}\n`);
} catch (error) {
  process.stderr.write(`The sandbox could not start: ${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 1;
}
