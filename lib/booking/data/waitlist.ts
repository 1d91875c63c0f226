import type { Temporal } from "temporal-polyfill";
import { keptPatientScope, linkScope, ownPatientScope } from "@/lib/access/rules";
import type { PatientScope } from "@/lib/access/types";
import { isId } from "@/lib/core/ids";
import type { Db } from "@/lib/db/client";
import type { Prisma } from "@/lib/db/generated/client";
import { toDate, toInstant } from "@/lib/time/instant";
import { dateIn } from "@/lib/time/zones";
import type { Wishes } from "../rules/wishes";
import type { EntryKey } from "../types/waitlist";

const OFFER = {
  include: {
    appointment: {
      include: { slot: true, visitType: true, practitioner: { include: { specialty: true } } },
    },
  },
} as const satisfies Prisma.WaitlistEntry$offersArgs;

export const ENTRY = {
  patient: true,
  visitType: true,
  practitioner: true,
  specialty: true,
  offers: { ...OFFER, where: { status: "open" } },
} as const satisfies Prisma.WaitlistEntryInclude;

export type EntryRow = Prisma.WaitlistEntryGetPayload<{ include: typeof ENTRY }>;

/** Which rows a key opens: what is not yours is not found. */
function scopeOf(key: EntryKey): Prisma.WaitlistEntryWhereInput | undefined {
  if ("token" in key) return { accessLinks: { some: linkScope("waitlist", key.token) } };
  const { entryId, actor, as } = key;
  if (!isId(entryId)) return undefined;
  return { id: entryId, patient: as === "staff" ? keptPatientScope(actor) : ownPatientScope(actor) };
}

/** The entry that a key opens, with its offer that is open by its status. */
export async function findEntry(db: Db, key: EntryKey): Promise<EntryRow | undefined> {
  const where = scopeOf(key);
  return where && ((await db.waitlistEntry.findFirst({ where, include: ENTRY })) ?? undefined);
}

/** Those of a scope who wait, the longest first. */
export const listWaiting = (db: Db, scope: PatientScope, take = AT_A_TIME): Promise<EntryRow[]> =>
  unsafeListPart(db, { patient: scope }, take);

const unsafeListPart = (db: Db, where: Prisma.WaitlistEntryWhereInput, take: number): Promise<EntryRow[]> =>
  db.waitlistEntry.findMany({
    where: { AND: [where, { status: "waiting" }] },
    include: ENTRY,
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
    take,
  });

const AT_A_TIME = 200;

/**
 * The whole line, a part at a time. Unscoped, for the job that goes along it until somebody suits: everybody who waits has the same
 * right to be found.
 */
export async function* unsafeWalkWaiting(
  db: Db,
  where: Prisma.WaitlistEntryWhereInput,
): AsyncGenerator<EntryRow, void> {
  let after: Prisma.WaitlistEntryWhereInput = {};
  for (;;) {
    const part = await unsafeListPart(db, { AND: [where, after] }, AT_A_TIME);
    yield* part;
    const last = part.at(-1);
    if (!last || part.length < AT_A_TIME) return;
    const { createdAt, id } = last;
    after = { OR: [{ createdAt: { gt: createdAt } }, { createdAt, id: { gt: id } }] };
  }
}

/** A civil date's column arrives as its midnight in UTC. */
const civil = (date: Date): string => dateIn(toInstant(date), "UTC").toString();

export const wishesOf = ({ fromOn, toOn, ...rest }: EntryRow): Wishes => ({
  fromOn: civil(fromOn),
  toOn: civil(toOn),
  weekdays: rest.weekdays,
  fromTime: rest.fromTime,
  toTime: rest.toTime,
  timeZone: rest.timeZone,
});

/** The offer that still holds. */
export const openOfferOf = ({ offers }: EntryRow, now: Temporal.Instant) =>
  offers.find(({ expiresAt }) => expiresAt.getTime() > toDate(now).getTime());
