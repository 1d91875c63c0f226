import { requireNode } from "./node-version.mjs";

requireNode();
const { runEntry } = await import("./commands/session.mjs");
const { COMMANDS } = await import("./commands/table.mjs");

/* The smaller commands of package.json: `node lib/launcher/run.mjs db:migrate`. */
const [name = "", ...args] = process.argv.slice(2);
const command = COMMANDS[name];
if (!command) {
  process.stderr.write(`Usage: npm run ${Object.keys(COMMANDS).join(" | ")}\n`);
  process.exit(1);
}
await runEntry(() => command(args));
