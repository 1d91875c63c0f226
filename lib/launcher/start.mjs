import { requireNode } from "./node-version.mjs";

requireNode();
const { runPortal } = await import("./commands/portal.mjs");
const { runEntry } = await import("./commands/session.mjs");
await runEntry(() => runPortal());
