import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { readJson, writePrivateJson } from "./files.mjs";

/** What the demonstration's secrets begin with; production refuses such values (`lib/core/env.ts`). */
const PREFIX = "demo-";
const GUEST_SEATS = "20";
export const DEMONSTRATION_OWNER = "clinic";

/**
 * The demonstration's own secrets: made once, kept in the data directory, since what is sealed with them is kept there too. One from
 * before the audit trail had a key of its own goes on without.
 *
 * @param {string} dataDir
 * @returns {{ AUTH_SECRET: string, AUDIT_KEY?: string, DATA_KEYS: string, TRUECONF_CLIENT_ID: string, TRUECONF_CLIENT_SECRET: string }}
 */
export function demonstrationSecrets(dataDir) {
  const file = join(dataDir, "demonstration.json");
  const known = readJson(file);
  if (known?.AUTH_SECRET && known.DATA_KEYS && known.TRUECONF_CLIENT_SECRET) return known;
  const made = {
    AUTH_SECRET: PREFIX + randomBytes(32).toString("base64url"),
    AUDIT_KEY: PREFIX + randomBytes(32).toString("base64url"),
    DATA_KEYS: `${PREFIX}${randomBytes(3).toString("hex")}:${randomBytes(32).toString("base64")}`,
    TRUECONF_CLIENT_ID: `${PREFIX}portal`,
    TRUECONF_CLIENT_SECRET: PREFIX + randomBytes(24).toString("base64url"),
  };
  writePrivateJson(file, made);
  return made;
}

/**
 * The services of the demonstration, as the portal is told of them.
 *
 * @param {import("./environment.mjs").Given} given
 * @param {ReturnType<typeof demonstrationSecrets>} secrets
 * @param {{ sandbox: number, mailbox: number, smtp: number }} ports
 */
export const demonstrationEnvironment = (given, secrets, ports) => ({
  ...secrets,
  TRUECONF_URL: `http://127.0.0.1:${ports.sandbox}`,
  TRUECONF_WEB_ORIGIN: "",
  TRUECONF_CA_FILE: "",
  TRUECONF_SECRET_KEY: "",
  TRUECONF_OWNER: DEMONSTRATION_OWNER,
  TRUECONF_GUEST_SEATS: given.TRUECONF_GUEST_SEATS ?? GUEST_SEATS,
  SMTP_URL: `smtp://127.0.0.1:${ports.smtp}`,
  MAILBOX_URL: `http://127.0.0.1:${ports.mailbox}`,
  MAIL_FROM: given.MAIL_FROM ?? "Example Clinic <clinic@example.org>",
});
