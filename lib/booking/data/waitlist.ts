import type { Temporal } from "temporal-polyfill";
import { isId } from "@/lib/core/ids";
import type { Db } from "@/lib/db/client";
import type { Prisma } from "@/lib/db/generated/client";
import { hashToken, isToken } from "@/lib/security/tokens";
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
  if ("token" in key) {
    if (!isToken(key.token)) return undefined;
    return {
      accessLinks: { some: { tokenHash: hashToken(key.token), purpose: "waitlist", revokedAt: null } },
    };
  }
  if (!isId(key.entryId)) return undefined;
  if ("staff" in key) return { id: key.entryId };
  const { userId } = key;
  return { id: key.entryId, patient: { OR: [{ userId }, { contactUserId: userId }] } };
}

/** The entry that a key opens, with its offer that is open by its status. */
export async function findEntry(db: Db, key: EntryKey): Promise<EntryRow | undefined> {
  const where = scopeOf(key);
  return where && ((await db.waitlistEntry.findFirst({ where, include: ENTRY })) ?? undefined);
}

/** Those who wait, the longest first. */
export const listWaiting = (
  db: Db,
  where: Prisma.WaitlistEntryWhereInput = {},
  take = AT_A_TIME,
): Promise<EntryRow[]> =>
  db.waitlistEntry.findMany({
    where: { AND: [where, { status: "waiting" }] },
    include: ENTRY,
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
    take,
  });

const AT_A_TIME = 200;

/** The whole line, a part at a time, for whoever goes along it until somebody suits. */
export async function* walkWaiting(
  db: Db,
  where: Prisma.WaitlistEntryWhereInput,
): AsyncGenerator<EntryRow, void> {
  let after: Prisma.WaitlistEntryWhereInput = {};
  for (;;) {
    const part = await listWaiting(db, { AND: [where, after] });
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
