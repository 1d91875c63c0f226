import { requireNode } from "./node-version.mjs";

requireNode();
const { runEntry } = await import("./commands/session.mjs");
const { runTests } = await import("./testing/run.mjs");
await runEntry(() => runTests(process.argv.slice(2)));
