import type { Temporal } from "temporal-polyfill";
import { recordAudit, recordRefusal } from "@/lib/audit/mutations";
import type { SignInRefusal } from "@/lib/audit/types";
import { ok } from "@/lib/core/result";
import { transaction } from "@/lib/db/transaction";
import { networkOf } from "@/lib/security/address";
import { countAttempt, countWithBackoff, forgetAttempts, type Limit } from "@/lib/security/rate-limit";
import { MAIL_LIMITS, SIGN_IN_BACKOFF } from "../constants";
import type { RequestOrigin } from "./sessions";

/** From where somebody signs in, with the browser's own id where the account knows it. */
export type SignInOrigin = RequestOrigin & { device?: string | undefined };

/** What is guessed at: each is counted by itself. */
type Guessed = "sign-in" | "second-step";

/** Whose attempts these are: the browser's that the account knows, else the account's from that address. */
const attemptsOf = (account: string, { device, address }: SignInOrigin): string =>
  device === undefined ? `account:${account}:${networkOf(address ?? "")}` : `device:${device}`;

/** Tells the trail that somebody has to wait: whose attempts they were, nobody has looked at. */
async function noteWait(what: Guessed, wait: number | undefined, now: Temporal.Instant) {
  if (wait !== undefined)
    await recordRefusal({ actor: { kind: "anonymous" }, door: `${what}.too_many` }, now);
  return wait;
}

/**
 * Counts an attempt before anything is looked at. One count after the other, and none after the first that refuses: what an address has
 * used up counts for no account, and whoever has to wait uses up nothing of what strangers may try together. A browser that the account
 * knows answers for itself alone, whoever shares its address.
 *
 * @param account the address or the id under which an account's attempts are counted
 * @param limits what all browsers that the account does not know may try together, and what one address may
 * @returns the seconds to wait before another attempt is looked at, or nothing
 */
export async function waitBefore(
  what: Guessed,
  account: string,
  origin: SignInOrigin,
  limits: { strangers: Limit; address: Limit },
  now: Temporal.Instant,
): Promise<number | undefined> {
  const { address, device } = origin;
  const grown = () => countWithBackoff(what, attemptsOf(account, origin), SIGN_IN_BACKOFF, now);
  if (device !== undefined) return noteWait(what, await grown(), now);
  const atAddress =
    address === undefined ? undefined : await countAttempt(what, address, limits.address, now);
  const wait = atAddress ?? (await grown()) ?? (await countAttempt(what, account, limits.strangers, now));
  return noteWait(what, wait, now);
}

/** Who has a mail sent: known to be its reader, as by the browser's own id, or anybody. */
type MailAsker = { key: string; isOwner: boolean };

/** Who asks from a browser, for an address that may be theirs. */
export const mailAskerOf = (email: string, origin: SignInOrigin): MailAsker => ({
  key: attemptsOf(email, origin),
  isOwner: origin.device !== undefined,
});

/** Counts a mail that somebody asks for, and tells whether the mailbox has had enough for now. */
export async function hasHadItsMail(
  what: "sign-in-link" | "email-change",
  email: string,
  { key, isOwner }: MailAsker,
  now: Temporal.Instant,
): Promise<boolean> {
  if ((await countAttempt(what, key, MAIL_LIMITS.asker, now)) !== undefined) return true;
  return !isOwner && (await countAttempt(what, email, MAIL_LIMITS.strangers, now)) !== undefined;
}

/** Counts a mail that stands for all who wait for one to a mailbox. @returns the seconds until there may be one, or nothing */
export const waitForSharedMail = (email: string, now: Temporal.Instant): Promise<number | undefined> =>
  countAttempt("sign-in-link.shared", email, MAIL_LIMITS.shared, now);

/** Begins to count anew, after an attempt that proved who it was. */
export const forgetAttemptsOf = (what: Guessed, account: string, origin: SignInOrigin): Promise<void> =>
  forgetAttempts(what, attemptsOf(account, origin));

/** So many sign-ins of nobody known stand in the trail one by one within an hour; more of them are counted. */
const SINGLE_REFUSALS = { max: 60, windowSeconds: 3600 };

/**
 * Writes a refused attempt into the trail, in a transaction of its own: there is nothing else to keep. Those for accounts that are not there
 * are counted and stand in it once an hour, and so are those of nobody known beyond the first ones: anybody can make as many of them as
 * they like.
 */
export async function recordRefused(
  reason: SignInRefusal,
  user: { id: string; pseudonym: string } | null,
  origin: RequestOrigin,
  now: Temporal.Instant,
): Promise<void> {
  const isCounted =
    !user &&
    (reason === "wrong_credentials" ||
      reason === "wrong_code" ||
      (await countAttempt("audit.sign-in", "strangers", SINGLE_REFUSALS, now)) !== undefined);
  if (isCounted) return recordRefusal({ actor: { kind: "anonymous" }, door: `session.${reason}` }, now);
  await transaction(async (tx) => {
    await recordAudit(
      tx,
      {
        action: "session.refused",
        details: { reason },
        actor: { kind: "anonymous" },
        outcome: "refused",
        subject: user?.pseudonym,
        entity: undefined,
        address: origin.address,
      },
      now,
    );
    return ok();
  });
}
