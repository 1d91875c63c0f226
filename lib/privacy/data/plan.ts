import type { Temporal } from "temporal-polyfill";
import type { Db } from "@/lib/db/client";
import { readRetention } from "@/lib/retention/data/settings";
import { keepUntil } from "@/lib/retention/rules";
import { toDate, toInstant } from "@/lib/time/instant";
import type { Person, PlanKind } from "../types";
import { FATES } from "./fates";

/** What an erasure would do, counted and not read: nothing of what somebody wrote is opened for it. */
export type ErasurePlan = {
  goes: readonly PlanLine[];
  kept: readonly (PlanLine & { until: Temporal.Instant })[];
  stays: readonly PlanLine[];
  /** Visits to come that would be cancelled. */
  ahead: number;
  running: boolean;
};
type PlanLine = { kind: PlanKind; count: number };

/** What is counted, under the names of its tables: the compiler sees to it that there are words for each. */
const COUNTED = {
  user: true,
  patient: true,
  session: true,
  notification: true,
  waitlist_entry: true,
  queue_entry: true,
  third_person: true,
  waiting_message: true,
  device_check: true,
  intake_answer: true,
  consent: true,
  visit_note: true,
  visit_summary: true,
  handover: true,
  conversation: true,
  message: true,
  attachment: true,
  appointment: true,
  visit_feedback: true,
} as const satisfies Record<PlanKind, true>;
const KINDS = Object.keys(COUNTED) as PlanKind[];

/** Counts what would go, what the clinic must keep and until when, and what stays without saying who it was. */
export async function planErasure(
  db: Db,
  person: Person & { accountStays: boolean },
  now: Temporal.Instant,
): Promise<ErasurePlan> {
  const theirs = { patientId: { in: [...person.patientIds] } };
  const goes: PlanLine[] = [];
  const kept: (PlanLine & { until: Temporal.Instant })[] = [];
  const stays: PlanLine[] = [];
  const last = await db.appointment.findFirst({
    where: theirs,
    orderBy: { endAt: "desc" },
    select: { endAt: true },
  });
  const since = last ? toInstant(last.endAt) : now;
  const retention = await readRetention(db);
  for (const kind of KINDS) {
    const fate = FATES[kind];
    // Of whoever also works here, or has, the account and what belongs to it stays.
    if (!fate?.count || (person.accountStays && (kind === "user" || kind === "session"))) continue;
    const count = await fate.count(db, person);
    if (fate.fate === "goes") goes.push({ kind, count });
    else if (fate.fate === "stays") stays.push({ kind, count });
    else {
      kept.push({ kind, count, until: keepUntil(fate.as, since, retention) });
      goes.push({ kind, count: (await fate.goes?.(db, person)) ?? 0 });
    }
  }
  const isThere = ({ count }: PlanLine) => count > 0;
  const encounter = { status: "in_progress" as const };
  return {
    goes: goes.filter(isThere),
    kept: kept.filter(isThere),
    stays: stays.filter(isThere),
    ahead: await db.appointment.count({
      where: { ...theirs, status: { in: ["booked", "arrived"] }, endAt: { gt: toDate(now) } },
    }),
    running: (await db.appointment.count({ where: { ...theirs, encounter } })) > 0,
  };
}
