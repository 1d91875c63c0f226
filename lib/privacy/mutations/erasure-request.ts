import type { Temporal } from "temporal-polyfill";
import { auditActor } from "@/lib/access/rules";
import type { UserActor } from "@/lib/access/types";
import { recordAudit } from "@/lib/audit/mutations";
import { unsafeListAdministrators } from "@/lib/auth/data";
import { newId } from "@/lib/core/ids";
import { ok, type Result, refuse } from "@/lib/core/result";
import { transaction } from "@/lib/db/transaction";
import { queueNotification } from "@/lib/notifications/mutations";
import { toDate } from "@/lib/time/instant";

/**
 * Asks that what is kept about somebody goes. Nothing goes before an administrator has decided, and all of them get a mail.
 *
 * @returns its id, or `already_asked`
 */
export const requestErasure = (
  actor: UserActor,
  now: Temporal.Instant,
): Promise<Result<{ erasureId: string }, "already_asked">> =>
  transaction(
    async (tx) => {
      const erasureId = newId();
      await tx.erasure.create({
        data: { id: erasureId, userId: actor.userId, requestedAt: toDate(now) },
      });
      for (const { id } of await unsafeListAdministrators(tx))
        await queueNotification(tx, { kind: "erasure_requested", userId: id, now });
      await recordAudit(
        tx,
        {
          action: "erasure.requested",
          details: {},
          actor: auditActor(actor),
          outcome: "success",
          subject: actor.pseudonym,
          entity: { type: "erasure", id: erasureId },
        },
        now,
      );
      return ok({ erasureId });
    },
    { erasure_user_excl: "already_asked" },
  );

/** Takes one's own request back. @returns `not_found` once somebody has decided, and where there was none */
export const withdrawErasure = (
  actor: UserActor,
  now: Temporal.Instant,
): Promise<Result<undefined, "not_found">> =>
  transaction(async (tx) => {
    const [withdrawn] = await tx.erasure.updateManyAndReturn({
      where: { userId: actor.userId, status: "requested" },
      data: { status: "withdrawn", decidedAt: toDate(now) },
      select: { id: true },
    });
    if (!withdrawn) return refuse("not_found");
    await recordAudit(
      tx,
      {
        action: "erasure.withdrawn",
        details: {},
        actor: auditActor(actor),
        outcome: "success",
        subject: actor.pseudonym,
        entity: { type: "erasure", id: withdrawn.id },
      },
      now,
    );
    return ok();
  });
