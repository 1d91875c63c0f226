import type { Temporal } from "temporal-polyfill";
import { appointmentScope } from "@/lib/access/rules";
import { ok, type Result, refuse } from "@/lib/core/result";
import { db } from "@/lib/db/client";
import { findThirdPersonByToken } from "../data/third";
import { findVisit, visitTimes } from "../data/visits";
import { thirdPersonPhase } from "../rules/third";
import type { Device } from "../schema/device";
import type { JoinAnswer, JoinRefusal } from "../types/visit";
import { ensureGuest } from "./guests";
import { enterWith, noteMinted } from "./join";
import { mintWayIn } from "./mint";

/**
 * Lets a third person into a visit in progress: whoever was let in by the practitioner, each time with a fresh link under the same
 * guest id, on one device at a time as a patient.
 *
 * @returns the way in, `not_found` for a link that opens nothing, or why not now
 */
export async function joinAsThirdPerson(
  token: string,
  locale: string,
  now: Temporal.Instant,
  { address, ...device }: Device & { address?: string | undefined } = { take: false },
): Promise<Result<JoinAnswer, JoinRefusal | "not_found">> {
  const person = await findThirdPersonByToken(db(), token);
  if (!person) return refuse("not_found");
  // The link proves who asks; the visit is then read as the portal itself reads it.
  const visit = await findVisit(db(), appointmentScope({ kind: "system" }), person.encounter.appointmentId);
  if (!visit) return refuse("not_found");
  const phase = thirdPersonPhase({ visit: visitTimes(visit), status: person.status }, now);
  if (phase === "ended" || phase === "revoked") return refuse("ended");
  if (phase !== "in_progress") return refuse("not_started");
  await ensureGuest(db(), visit.encounter.id, { thirdPersonId: person.id }, now);
  if (!(await enterWith(visit, { thirdPersonId: person.id }, device))) return refuse("elsewhere");
  const minted = await mintWayIn(visit, { thirdPersonId: person.id, name: person.name }, locale, now);
  if (!minted.ok) return minted;
  await noteMinted({ kind: "anonymous", address }, visit, "third", now);
  return ok(minted.value);
}
