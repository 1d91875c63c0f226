import { createHash } from "node:crypto";
import type { Temporal } from "temporal-polyfill";
import { ok, type Result, refuse } from "@/lib/core/result";
import type { Tx } from "@/lib/db/client";
import { lockPractitioners } from "@/lib/db/locks";
import { transaction } from "@/lib/db/transaction";
import { type BookedVisit, loadScheduleStates, unsafeListBookedVisits } from "../data/states";
import { strandedBy } from "../rules/stranded";
import type { Stranded, StrandedVisit, Stranding } from "../types";

/** What a change of schedules asks on its way. */
export type VisitGuard = {
  /** Locks these practitioners' time and notes their schedules. Before anything is changed. */
  watch: (practitionerIds: readonly string[]) => Promise<void>;
  /** After everything is changed and before the trail: whether the visits that this strands are to stay where they are. */
  check: () => Promise<Result<undefined, "strands">>;
};

/**
 * Changes schedules in one transaction without leaving a booked visit outside of them by accident: a change that strands visits is
 * rolled back and lists them, unless `leave` is the key of exactly this list. The list is made under the practitioners' locks, so
 * that a visit booked meanwhile is on it or was refused. Visits themselves are never touched.
 */
export async function changeGuarded<T, R extends string>(
  { leave, now }: { leave: string | undefined; now: Temporal.Instant },
  body: (tx: Tx, guard: VisitGuard) => Promise<Result<T, R | "strands">>,
  constraints?: Readonly<Record<string, R>>,
): Promise<Result<T, R> | Stranding> {
  let stranded: Stranded = { visits: [], key: "" };
  const result = await transaction(async (tx) => {
    let before: Awaited<ReturnType<typeof loadScheduleStates>> = new Map();
    return body(tx, {
      watch: async (practitionerIds) => {
        await lockPractitioners(tx, practitionerIds);
        before = await loadScheduleStates(tx, practitionerIds, now);
      },
      check: async () => {
        const ids = [...before.keys()];
        const after = await loadScheduleStates(tx, ids, now);
        const booked = await unsafeListBookedVisits(tx, ids, now);
        const visits = booked.filter((visit) => {
          const [was, is] = [before.get(visit.practitionerId), after.get(visit.practitionerId)];
          return was && is && strandedBy(was, is, [visit]).length > 0;
        });
        stranded = { visits: visits.map(toStranded), key: keyOf(visits) };
        return visits.length === 0 || stranded.key === leave ? ok() : refuse("strands");
      },
    });
  }, constraints);
  if (result.ok) return result;
  return result.reason === "strands"
    ? { ok: false, reason: "strands", stranded }
    : refuse(result.reason as R);
}

const toStranded = ({ start, end, practitionerId, ...visit }: BookedVisit): StrandedVisit => visit;

/** Another visit, or another time of the same one, is another key. */
const keyOf = (visits: readonly BookedVisit[]): string =>
  createHash("sha256")
    .update(visits.map(({ appointmentId, start }) => `${appointmentId} ${start}`).join("\n"))
    .digest("base64url");
