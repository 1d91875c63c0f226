import type { Temporal } from "temporal-polyfill";
import type { UserActor } from "@/lib/access/types";
import { recordAudit, recordRefusal } from "@/lib/audit/mutations";
import { ok, type Refusal, type Result, refuse } from "@/lib/core/result";
import { db, type Tx } from "@/lib/db/client";
import { transaction } from "@/lib/db/transaction";
import type { OidcClient } from "@/lib/oidc/client";
import type { ProviderIdentity } from "@/lib/oidc/types";
import { verifyPassword } from "@/lib/security/password";
import { countWithBackoff, forgetAttempts } from "@/lib/security/rate-limit";
import { readRecoveryCode } from "@/lib/security/recovery-code";
import { unseal } from "@/lib/security/seal";
import { stepOfCode } from "@/lib/security/totp";
import { toDate } from "@/lib/time/instant";
import { SIGN_IN_BACKOFF, totpPlace } from "../constants";
import { findOwnProof } from "../data";
import type { ProofRefusal } from "../types";
import { recordRefused } from "./attempts";
import { identifyByAnswer, type Returned } from "./provider";
import type { RequestOrigin } from "./sessions";

/** Somebody who is signed in, in one of their sessions. */
type Asker = Pick<UserActor, "userId" | "sessionId" | "pseudonym" | "address">;
type TooMany = Refusal<"too_many_attempts"> & { retryAfterSeconds: number };

/** What a code turned out to be. It proves something only to the transaction that takes it. */
export type Proof = { by: "totp"; step: number } | { by: "recovery_code"; id: string };

/** Looks what a typed code is, without using it up: of the app, or one of the recovery codes that are left. */
export async function findProof(
  userId: string,
  typed: string,
  now: Temporal.Instant,
): Promise<Proof | undefined> {
  const totp = await db().totp.findUnique({ where: { userId } });
  if (!totp) return undefined;
  const step = stepOfCode(unseal(totp, totpPlace(userId)), typed.replace(/\s/g, ""), now);
  if (step !== undefined) return { by: "totp", step };
  const code = readRecoveryCode(typed);
  if (code === undefined) return undefined;
  const left = await db().recoveryCode.findMany({ where: { userId, usedAt: null } });
  for (const { id, codeHash } of left) {
    if (await verifyPassword(codeHash, code)) return { by: "recovery_code", id };
  }
  return undefined;
}

/** Uses a code up. False when it was taken before, also by another at the same moment: its step, or one after it, is gone. */
export async function takeProof(
  tx: Tx,
  userId: string,
  proof: Proof,
  now: Temporal.Instant,
): Promise<boolean> {
  const { count } =
    proof.by === "totp"
      ? await tx.totp.updateMany({
          where: { userId, lastStep: { lt: proof.step } },
          data: { lastStep: proof.step },
        })
      : await tx.recoveryCode.updateMany({
          where: { id: proof.id, userId, usedAt: null },
          data: { usedAt: toDate(now) },
        });
  return count === 1;
}

/**
 * Asks somebody who is signed in for what only they can give, before their account is changed or what it holds is handed out: the
 * password, or for patients a link from a mail that this session began with, or for staff a new sign-in at the clinic's own provider, some
 * minutes ago at most. In each case a code too where there is a second step; it is used up. What was no proof is in the trail.
 *
 * @returns nothing; or `wrong_password`, `wrong_code`; `prove_by_mail` or `prove_by_provider` where that is still to be done;
 *   `too_many_attempts` with the seconds to wait
 */
export async function proveOwner(
  asker: Asker,
  { password, code }: { password: string; code: string | undefined },
  now: Temporal.Instant,
): Promise<Result<undefined, ProofRefusal> | TooMany> {
  const { userId, sessionId, pseudonym, address } = asker;
  const noted = async <R extends Refusal<"wrong_password" | "wrong_code" | "too_many_attempts">>(
    refusal: R,
  ): Promise<R> => {
    const actor = { kind: "user", pseudonym, address } as const;
    await recordRefusal({ actor, door: `proof.${refusal.reason}` }, now);
    return refusal;
  };
  const own = await findOwnProof(db(), asker, now);
  if (own === "mail") return refuse("prove_by_mail");
  if (own === "provider") return refuse("prove_by_provider");
  const subject = `${userId}:${sessionId}`;
  const retryAfterSeconds = await countWithBackoff("prove-again", subject, SIGN_IN_BACKOFF, now);
  if (retryAfterSeconds !== undefined) return noted({ ...refuse("too_many_attempts"), retryAfterSeconds });
  const user = await db().user.findUniqueOrThrow({ where: { id: userId }, include: { totp: true } });
  const isProved = own === "mail_proved" || own === "provider_proved";
  if (!isProved && !(await verifyPassword(user.passwordHash, password)))
    return noted(refuse("wrong_password"));
  if (user.totp) {
    const proof = await findProof(userId, code ?? "", now);
    const taken = await transaction(async (tx) =>
      proof && (await takeProof(tx, userId, proof, now)) ? ok() : refuse("wrong_code"),
    );
    if (!taken.ok) return noted(taken);
  }
  await forgetAttempts("prove-again", subject);
  return ok();
}

type Prover = Pick<UserActor, "userId" | "sessionId" | "pseudonym">;

/**
 * Takes a sign-in at the clinic's own provider, which was asked for anew, as a proof of whoever is signed in here. It proves nothing
 * but to the session that asked, and only if it was their own account there.
 *
 * @returns nothing; or `proof_refused`, for which the trail alone has the reason
 */
export async function proveByAnswer(
  client: OidcClient | undefined,
  returned: Returned,
  prover: Prover,
  origin: RequestOrigin,
  now: Temporal.Instant,
): Promise<Result<undefined, "proof_refused">> {
  // A sign-in that was not asked for anew is none that shows anything now.
  const isAnew = returned.kept?.freshSince !== undefined;
  const who = await identifyByAnswer(isAnew ? client : undefined, returned, now);
  const proved = who.ok ? await noteProof(who.value, prover, origin, now) : who;
  if (proved.ok) return ok();
  await recordRefused(proved.reason, { id: prover.userId, pseudonym: prover.pseudonym }, origin, now);
  return refuse("proof_refused");
}

const noteProof = (
  { issuer, subject }: ProviderIdentity,
  { userId, sessionId, pseudonym }: Prover,
  { address }: RequestOrigin,
  now: Temporal.Instant,
): Promise<Result<undefined, "linked_elsewhere" | "provider_unasked">> =>
  transaction(async (tx) => {
    const link = await tx.providerLink.findUnique({ where: { issuer_subject: { issuer, subject } } });
    if (link?.userId !== userId) return refuse("linked_elsewhere");
    const { count } = await tx.session.updateMany({
      where: { id: sessionId, userId, revokedAt: null },
      data: { providerProvedAt: toDate(now) },
    });
    if (count === 0) return refuse("provider_unasked");
    await recordAudit(
      tx,
      {
        action: "session.proved",
        details: { by: "provider" },
        actor: { kind: "user", pseudonym },
        outcome: "success",
        subject: pseudonym,
        entity: { type: "session", id: sessionId },
        address,
      },
      now,
    );
    return ok();
  });
