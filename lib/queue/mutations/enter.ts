import type { Temporal } from "temporal-polyfill";
import { auditActor, patientScope, within } from "@/lib/access/rules";
import type { Actor } from "@/lib/access/types";
import { recordAudit } from "@/lib/audit/mutations";
import { ok, type Result, refuse } from "@/lib/core/result";
import { transaction } from "@/lib/db/transaction";
import { mintQueueLink, mintVisitLink } from "@/lib/security/access-link";
import { findEntryByToken, findPlaceOf } from "../data/entry";

/**
 * The way from a place whose turn has come to its visit: a personal link of its own, which is in the trail.
 *
 * @param token of the link to the place
 * @returns the token, for the link `/v/<token>`
 */
export const enterFromPlace = (
  token: string,
  now: Temporal.Instant,
  { address }: { address?: string | undefined } = {},
): Promise<Result<string, "not_found">> =>
  transaction(async (tx) => {
    const entry = await findEntryByToken(tx, token);
    // Put back into the line meanwhile, it has none any more.
    if (!entry?.appointmentId) return refuse("not_found");
    const { appointmentId, patient } = entry;
    const link = await mintVisitLink(tx, appointmentId, now);
    await recordAudit(
      tx,
      {
        action: "queue.visit_entered",
        details: {},
        actor: { kind: "link", pseudonym: patient.pseudonym, address },
        outcome: "success",
        subject: patient.pseudonym,
        entity: { type: "appointment", id: appointmentId },
      },
      now,
    );
    return ok(link);
  });

/**
 * The way back: from a visit that did not begin, whose patient was put back into the line, to the place there, by a personal link of its own.
 *
 * @returns the token, for the link `/q/<token>`
 */
export const enterFromVisit = (
  actor: Actor,
  appointmentId: string,
  now: Temporal.Instant,
): Promise<Result<string, "not_found">> =>
  transaction(async (tx) => {
    const place = await findPlaceOf(tx, within(patientScope(actor), { id: appointmentId }));
    if (!place) return refuse("not_found");
    const { id: entryId, patient } = place;
    const link = await mintQueueLink(tx, entryId, now);
    await recordAudit(
      tx,
      {
        action: "queue.place_entered",
        details: {},
        actor: auditActor(actor),
        outcome: "success",
        subject: patient.pseudonym,
        entity: { type: "queue_entry", id: entryId },
      },
      now,
    );
    return ok(link);
  });
