import type { Temporal } from "temporal-polyfill";
import { db, type Tx } from "@/lib/db/client";
import { verifyPassword } from "@/lib/security/password";
import { readRecoveryCode } from "@/lib/security/recovery-code";
import { unseal } from "@/lib/security/seal";
import { stepOfCode } from "@/lib/security/totp";
import { toDate } from "@/lib/time/instant";
import { totpPlace } from "../constants";

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
