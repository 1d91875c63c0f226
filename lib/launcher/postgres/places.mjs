import { createHash } from "node:crypto";
import { chmodSync, chownSync, existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { canReach } from "./account.mjs";

/**
 * Where things go that the server's account must reach when the checkout is closed to it, as below a 0700 `/root`. Never a home
 * directory.
 */
const SHARED_PLACE = "/var/lib/telemedicine-portal";

const short = (/** @type {string} */ text) => createHash("sha256").update(text).digest("hex").slice(0, 12);

/** A directory for everybody to enter, made if missing. @param {string} name */
export function sharedPlace(name) {
  const directory = join(SHARED_PLACE, name);
  for (const step of [SHARED_PLACE, directory]) {
    mkdirSync(step, { recursive: true });
    chmodSync(step, 0o755);
  }
  return directory;
}

/**
 * The directory of one server, private to its account: inside `parent` when the account can reach that, else in a shared place under
 * a name that follows from `parent`, so that the next start finds it again.
 *
 * @param {string} parent an existing directory
 * @param {string} name
 * @param {import("./account.mjs").Account | undefined} account
 */
export function serverHome(parent, name, account) {
  const inside = join(parent, name);
  const home = canReach(account, parent) ? inside : join(sharedPlace("clusters"), `${name}-${short(inside)}`);
  if (!existsSync(home)) mkdirSync(home, { recursive: true, mode: 0o700 });
  if (account) chownSync(home, account.uid, account.gid);
  return home;
}
