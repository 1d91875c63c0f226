import type { Temporal } from "temporal-polyfill";
import { auditActor } from "@/lib/access/rules";
import type { Actor } from "@/lib/access/types";
import { recordAudit } from "@/lib/audit/mutations";
import type { AuditAction } from "@/lib/audit/types";
import { env } from "@/lib/core/env";
import { isId, newId } from "@/lib/core/ids";
import { ok, type Result, refuse } from "@/lib/core/result";
import type { Tx } from "@/lib/db/client";
import { transaction } from "@/lib/db/transaction";
import { publish } from "@/lib/events/publish";
import { CLINIC_TOPIC, timesTopic } from "@/lib/events/topics";
import { toDate } from "@/lib/time/instant";
import { dateIn } from "@/lib/time/zones";
import { canKeepClosures } from "../ability";
import { MAX_CLOSURES } from "../constants";
import { unknownClosures } from "../data/calendar-file";
import type { ImportedClosure, Stranding } from "../types";
import { changeGuarded, type VisitGuard } from "./guard";
import { toDateColumn } from "./weekly-hours";

type Days = { title: string; startOn: string; endOn: string };

/** Closes the clinic for some days. @returns nothing, or `past`, `too_many`, `strands` with the visits, `not_found` for no administrator */
export const addClosure = (
  { leave, ...days }: Days & { leave?: string | undefined },
  actor: Actor,
  now: Temporal.Instant,
): Promise<Result<undefined, "not_found" | "past" | "too_many"> | Stranding> =>
  changeGuarded<undefined, "not_found" | "past" | "too_many">({ leave, now }, async (tx, guard) => {
    if (!canKeepClosures(actor)) return refuse("not_found");
    if (days.endOn < today(now)) return refuse("past");
    const concerned = await watchEverybody(tx, guard);
    const closureId = newId();
    const written = await write(tx, [{ ...days, importUid: null }], now, closureId);
    if (!written.ok) return written;
    return finish(tx, guard, concerned, { action: "closure.added", details: {} }, closureId, actor, now);
  });

/**
 * Adds the days of an imported calendar that are not there yet: an entry that was imported before is known by its UID, also where
 * its title or days have been changed since in the calendar.
 *
 * @returns nothing; or `nothing_new` where none is to come that is not there yet, `too_many`, `strands` with the visits, `not_found`
 */
export async function importClosures(
  { closures, leave }: { closures: readonly ImportedClosure[]; leave?: string | undefined },
  actor: Actor,
  now: Temporal.Instant,
): Promise<Result<undefined, "not_found" | "nothing_new" | "too_many"> | Stranding> {
  return changeGuarded<undefined, "not_found" | "nothing_new" | "too_many">(
    { leave, now },
    async (tx, guard) => {
      if (!canKeepClosures(actor)) return refuse("not_found");
      const concerned = await watchEverybody(tx, guard);
      const fresh = await unknownClosures(tx, closures);
      const coming = fresh.filter(({ endOn }) => endOn >= today(now));
      if (coming.length === 0) return refuse("nothing_new");
      const written = await write(tx, coming, now);
      if (!written.ok) return written;
      const event = { action: "closure.imported", details: { added: coming.length } } as const;
      return finish(tx, guard, concerned, event, undefined, actor, now);
    },
  );
}

/** Opens the clinic again on the days of a closure. @returns nothing, or `not_found` */
export const removeClosure = (
  { closureId }: { closureId: string },
  actor: Actor,
  now: Temporal.Instant,
): Promise<Result<undefined, "not_found">> =>
  transaction(async (tx) => {
    if (!isId(closureId) || !canKeepClosures(actor)) return refuse("not_found");
    const { count } = await tx.closure.deleteMany({ where: { id: closureId } });
    if (count === 0) return refuse("not_found");
    await tell(tx, await practitionerIds(tx));
    await record(tx, { action: "closure.removed", details: {} }, closureId, actor, now);
    return ok();
  });

const today = (now: Temporal.Instant): string => dateIn(now, env().CLINIC_TIME_ZONE).toString();

const practitionerIds = async (tx: Tx): Promise<string[]> =>
  (await tx.practitioner.findMany({ select: { id: true } })).map(({ id }) => id);

/** Everybody's time is locked, since everybody's bookings are decided by the closures too. */
async function watchEverybody(tx: Tx, guard: VisitGuard): Promise<string[]> {
  const ids = await practitionerIds(tx);
  await guard.watch(ids);
  return ids;
}

async function write(
  tx: Tx,
  closures: readonly (Days & { importUid: string | null })[],
  now: Temporal.Instant,
  id?: string,
): Promise<Result<undefined, "too_many">> {
  const coming = await tx.closure.count({ where: { endOn: { gte: toDateColumn(today(now)) } } });
  if (coming + closures.length > MAX_CLOSURES) return refuse("too_many");
  await tx.closure.createMany({
    data: closures.map(({ title, startOn, endOn, importUid }) => ({
      id: id ?? newId(),
      title,
      startOn: toDateColumn(startOn),
      endOn: toDateColumn(endOn),
      importUid,
      createdAt: toDate(now),
    })),
    // Two administrators may import one calendar at once: the second finds the first one's rows.
    skipDuplicates: true,
  });
  return ok();
}

async function finish(
  tx: Tx,
  guard: VisitGuard,
  concerned: readonly string[],
  event: AuditAction,
  closureId: string | undefined,
  actor: Actor,
  now: Temporal.Instant,
): Promise<Result<undefined, "strands">> {
  const kept = await guard.check();
  if (!kept.ok) return kept;
  await tell(tx, concerned);
  await record(tx, event, closureId, actor, now);
  return ok();
}

const tell = (tx: Tx, concerned: readonly string[]): Promise<void> =>
  publish(tx, [CLINIC_TOPIC, ...concerned.map(timesTopic)]);

const record = (
  tx: Tx,
  event: AuditAction,
  closureId: string | undefined,
  actor: Actor,
  now: Temporal.Instant,
): Promise<void> =>
  recordAudit(
    tx,
    {
      ...event,
      actor: auditActor(actor),
      outcome: "success",
      subject: undefined,
      entity: closureId === undefined ? undefined : { type: "closure", id: closureId },
    },
    now,
  );
