import type { Temporal } from "temporal-polyfill";
import { recordAudit } from "@/lib/audit/mutations";
import { ok, type Result, refuse } from "@/lib/core/result";
import { transaction } from "@/lib/db/transaction";
import { mintVisitLink } from "@/lib/security/access-link";
import { findEntryByToken } from "../data/entry";

/**
 * The way from a place whose turn has come to its visit: a personal link of its own, which is in the trail.
 *
 * @param token of the link to the place
 * @returns the token, for the link `/v/<token>`
 */
export const enterFromPlace = (token: string, now: Temporal.Instant): Promise<Result<string, "not_found">> =>
  transaction(async (tx) => {
    const entry = await findEntryByToken(tx, token);
    if (!entry?.appointmentId) return refuse("not_found");
    const { appointmentId, patient } = entry;
    const link = await mintVisitLink(tx, appointmentId, now);
    await recordAudit(
      tx,
      {
        action: "queue.visit_entered",
        details: {},
        actor: { kind: "link", pseudonym: patient.pseudonym },
        outcome: "success",
        subject: patient.pseudonym,
        entity: { type: "appointment", id: appointmentId },
      },
      now,
    );
    return ok(link);
  });
