import type { Temporal } from "temporal-polyfill";
import { appointmentScope, auditActor } from "@/lib/access/rules";
import type { Actor } from "@/lib/access/types";
import { recordAudit } from "@/lib/audit/mutations";
import { ok, type Result, refuse } from "@/lib/core/result";
import { db } from "@/lib/db/client";
import { transaction } from "@/lib/db/transaction";
import { type EnteredVisit, findEntered, visitTimes } from "../data/visits";
import { sideOf } from "../rules/side";
import { joinRefusal } from "../rules/windows";
import type { Device } from "../schema/device";
import type { JoinAnswer, JoinRefusal } from "../types/visit";
import { mintWayIn } from "./mint";
import { runConference } from "./run-conference";

/**
 * Lets a patient or practitioner into a visit that is in progress, also again after a reload: a fresh link each time. A patient has
 * one device in the call: both would enter as the same guest and throw each other out for ever. A practitioner who comes back to a
 * conference that was stopped or deleted meanwhile, known to us or not, has it run again first.
 *
 * @returns the way in, `not_found` for everybody whose visit it is not, or why not now
 */
export async function joinVisit(
  actor: Actor,
  appointmentId: string,
  locale: string,
  now: Temporal.Instant,
  device: Device = { take: false },
): Promise<Result<JoinAnswer, JoinRefusal | "not_found">> {
  const scope = appointmentScope(actor);
  const visit = await findEntered(db(), scope, appointmentId);
  if (!visit) return refuse("not_found");
  const refusal = joinRefusal(visitTimes(visit), now);
  if (refusal) return refuse(refusal);
  const side = sideOf(actor, visit);
  if (side === "patient" && !(await enterWith(visit, { patientId: visit.patientId }, device)))
    return refuse("elsewhere");
  if (side === "patient" || visit.encounter.conference?.state === "running") {
    const minted = await mintWayIn(visit, side, locale, now);
    if (minted.ok) await noteMinted(actor, visit, side, now);
    if (minted.ok || side === "patient" || minted.reason !== "video_unavailable") return minted;
  }
  const running = await runConference(appointmentId, now);
  if (!running.ok) return running;
  const current = await findEntered(db(), scope, appointmentId);
  if (!current) return refuse("not_found");
  const minted = await mintWayIn(current, side, locale, now);
  if (minted.ok) await noteMinted(actor, current, side, now);
  return minted;
}

/** Notes on which device a guest is now. @returns whether that may be this one: another one gives way only when asked to */
export async function enterWith(
  { encounter }: EnteredVisit,
  guest: { patientId: string } | { thirdPersonId: string },
  { device, take }: Device,
): Promise<boolean> {
  if (device === undefined) return true;
  const isFree = { OR: [{ enteredBy: null }, { enteredBy: device }] };
  const { count } = await db().guest.updateMany({
    where: { encounterId: encounter.id, ...guest, ...(take ? {} : isFree) },
    data: { enteredBy: device },
  });
  return count > 0;
}

/** A way in that was handed out is in the trail; the link itself is nowhere. */
export const noteMinted = (
  actor: Actor,
  visit: EnteredVisit,
  as: "patient" | "practitioner" | "third",
  now: Temporal.Instant,
) =>
  transaction(async (tx) => {
    await recordAudit(
      tx,
      {
        action: "conference.link_minted",
        details: { as },
        actor: auditActor(actor),
        outcome: "success",
        subject: visit.patient.pseudonym,
        entity: { type: "encounter", id: visit.encounter.id },
      },
      now,
    );
    return ok();
  });
