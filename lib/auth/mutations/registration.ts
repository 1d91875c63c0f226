import type { Temporal } from "temporal-polyfill";
import { recordAudit } from "@/lib/audit/mutations";
import { newId } from "@/lib/core/ids";
import type { Tx } from "@/lib/db/client";
import { toDate } from "@/lib/time/instant";
import { mayUseLink } from "../rules";
import type { Registration } from "../types";
import type { RequestOrigin } from "./sessions";

/**
 * The account of a patient who has just shown that they read the mail to an address: made here, unless there is one by now.
 *
 * @returns nothing where the address has meanwhile become that of staff, or of a closed account
 */
export async function openAccount(
  tx: Tx,
  email: string,
  registration: Registration | undefined,
  { address }: RequestOrigin,
  now: Temporal.Instant,
) {
  if (!registration) return undefined;
  const id = newId();
  // Two links of one address may be pressed at once: the second waits here for the first, and finds its account.
  await tx.user.createMany({
    data: [{ ...registration, id, email, roles: ["patient"], pseudonym: newId(), createdAt: toDate(now) }],
    skipDuplicates: true,
  });
  const user = await tx.user.findUniqueOrThrow({
    where: { email },
    include: { totp: { select: { userId: true } } },
  });
  if (user.id !== id) return mayUseLink(user) ? user : undefined;
  await recordAudit(
    tx,
    {
      action: "user.created",
      details: { roles: user.roles },
      actor: { kind: "user", pseudonym: user.pseudonym },
      outcome: "success",
      subject: user.pseudonym,
      entity: undefined,
      address,
    },
    now,
  );
  return user;
}
