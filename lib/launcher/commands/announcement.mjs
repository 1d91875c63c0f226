import { readFileSync } from "node:fs";
import { relative } from "node:path";
import { inRoot, ROOT } from "../paths.mjs";
import { say } from "../terminal.mjs";

const row = (/** @type {string[]} */ ...cells) =>
  say(
    `    ${cells
      .map((cell) => cell.padEnd(31))
      .join("")
      .trimEnd()}`,
  );

/**
 * Says what runs, where, and how to enter.
 *
 * @param {object} facts
 * @param {import("../configuration/environment.mjs").Configuration} facts.configuration
 * @param {Record<string, string | undefined>} facts.env
 * @param {string | undefined} facts.setupLink
 * @param {boolean} facts.development
 * @param {number} facts.seconds
 */
export function announce({ configuration: { mode, dataDir }, env, setupLink, development, seconds }) {
  const { PORTAL_URL = "", MAILBOX_URL = "", TRUECONF_URL = "" } = env;
  const what = mode === "demonstration" ? "demonstration" : "portal";
  say(`\n  The ${what} is ready${development ? ", with hot reload" : ""}, after ${seconds.toFixed(0)} s.\n`);
  row("Portal", PORTAL_URL);
  if (mode === "demonstration") {
    row("Mail that it sends", MAILBOX_URL);
    row("TrueConf sandbox, its state", TRUECONF_URL);
    say();
    row("Sign in as", "e-mail", "password");
    for (const { role, email, password } of accounts()) row(role, email, password);
    say(
      "\n    This demonstration is for this machine only: everything listens on loopback, the people are invented,",
    );
    say(
      '    and the passwords are known to all. Phones and other machines need HTTPS in front: README, "In production".',
    );
  }
  if (setupLink) {
    say(
      "\n    Nobody administers this clinic yet. This link makes the first administrator, once, within a day:",
    );
    say(`    ${setupLink}`);
  }
  const place = relative(ROOT, dataDir);
  say(
    `\n    Data and logs are in ${place.startsWith("..") ? dataDir : `./${place}`}. Ctrl-C stops everything.\n`,
  );
}

/** @returns {{ role: string, email: string, password: string }[]} */
const accounts = () => JSON.parse(readFileSync(inRoot("prisma", "seed", "accounts.json"), "utf8"));
