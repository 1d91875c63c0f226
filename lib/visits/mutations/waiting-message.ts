import type { Temporal } from "temporal-polyfill";
import { auditActor, practitionerScope } from "@/lib/access/rules";
import type { Actor } from "@/lib/access/types";
import { recordAudit } from "@/lib/audit/mutations";
import { newId } from "@/lib/core/ids";
import { ok, type Result, refuse } from "@/lib/core/result";
import { lockEncounter } from "@/lib/db/locks";
import { transaction } from "@/lib/db/transaction";
import { publish } from "@/lib/events/publish";
import { appointmentTopic, practitionerTopic } from "@/lib/events/topics";
import { seal } from "@/lib/security/seal";
import { toDate, toInstant } from "@/lib/time/instant";
import { waitingMessagePlace } from "../constants";
import { findVisit, visitTimes } from "../data/visits";
import { visitPhase } from "../rules/windows";

export type WaitingMessageInput = { kind: "soon" } | { kind: "text"; text: string };

/** "I'll be with you soon" within this time of the last one says nothing new. */
const SOON_AGAIN_SECONDS = 60;

/** More than anybody says to one patient who waits; the list is on every page that follows the visit. */
const MOST_MESSAGES = 30;

/**
 * A practitioner says something to whoever waits for one of their visits, or will: until it is started.
 *
 * @returns `not_found` for a visit of somebody else, `not_waiting` where nobody waits any more, `too_many` after thirty
 */
export const sendWaitingMessage = (
  appointmentId: string,
  message: WaitingMessageInput,
  actor: Actor,
  now: Temporal.Instant,
): Promise<Result<undefined, "not_found" | "not_waiting" | "too_many">> =>
  transaction(async (tx) => {
    await lockEncounter(tx, appointmentId);
    const visit = await findVisit(tx, practitionerScope(actor), appointmentId);
    if (!visit) return refuse("not_found");
    const phase = visitPhase(visitTimes(visit), "practitioner", now);
    if (phase !== "booked" && phase !== "waiting") return refuse("not_waiting");
    const { id: encounterId, messages } = visit.encounter;
    const last = messages.at(-1);
    const repeats =
      message.kind === "soon" &&
      last?.kind === "soon" &&
      toInstant(last.createdAt).until(now).total("seconds") < SOON_AGAIN_SECONDS;
    if (repeats) return ok();
    if (messages.length >= MOST_MESSAGES) return refuse("too_many");

    const id = newId();
    const sealed = message.kind === "text" ? seal(message.text, waitingMessagePlace(id)) : undefined;
    await tx.waitingMessage.create({
      data: {
        id,
        encounterId,
        kind: message.kind,
        textSealed: sealed?.sealed ?? null,
        textKeyId: sealed?.keyId ?? null,
        createdAt: toDate(now),
      },
    });
    await publish(tx, [appointmentTopic(appointmentId), practitionerTopic(visit.practitionerId)]);
    await recordAudit(
      tx,
      {
        action: "encounter.message_sent",
        details: { kind: message.kind },
        actor: auditActor(actor),
        outcome: "success",
        subject: visit.patient.pseudonym,
        entity: { type: "encounter", id: encounterId },
      },
      now,
    );
    return ok();
  });
