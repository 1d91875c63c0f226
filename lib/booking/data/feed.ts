import type { Temporal } from "temporal-polyfill";
import { calendarScope, linkScope } from "@/lib/access/rules";
import type { Actor } from "@/lib/access/types";
import type { Db } from "@/lib/db/client";
import type { Prisma } from "@/lib/db/generated/client";
import { toDate, toInstant } from "@/lib/time/instant";
import type { FeedOwner } from "../types/feed";

const HOURS_PER_DAY = 24;

/** For so long a feed keeps visits that were, and those that were cancelled. */
const PAST_DAYS = 90;
const CANCELLED_DAYS = 30;
const MOST_EVENTS = 1_000;

const OWNER = {
  user: { select: { id: true, locale: true, disabledAt: true } },
  patient: { select: { id: true, locale: true } },
} as const satisfies Prisma.AccessLinkInclude;

/** Whose feed a token opens, and in which language; none for one that is unknown, was stopped, or belongs to a closed account. */
async function findOwner(db: Db, token: string): Promise<{ owner: FeedOwner; locale: string } | undefined> {
  const link = await db.accessLink.findFirst({ where: linkScope("calendar", token), include: OWNER });
  if (link?.user && !link.user.disabledAt)
    return { owner: { userId: link.user.id }, locale: link.user.locale };
  if (link?.patient) return { owner: { patientId: link.patient.id }, locale: link.patient.locale };
  return undefined;
}

/** When somebody's present feed was made. */
export async function findFeedBirth(db: Db, actor: Actor): Promise<Temporal.Instant | undefined> {
  const link = await db.accessLink.findFirst({
    where: calendarScope(actor),
    select: { createdAt: true },
  });
  return link ? toInstant(link.createdAt) : undefined;
}

const FEED_ROW = {
  id: true,
  status: true,
  sequence: true,
  startAt: true,
  endAt: true,
  createdAt: true,
  movedAt: true,
  cancelledAt: true,
  practitioner: { select: { displayName: true, userId: true } },
} as const satisfies Prisma.AppointmentSelect;

export type FeedRow = Prisma.AppointmentGetPayload<{ select: typeof FEED_ROW }>;

/** The feed that a token opens with its visits in order; nothing of them that would say who the patient is. */
export async function findFeed(
  db: Db,
  token: string,
  now: Temporal.Instant,
): Promise<{ owner: FeedOwner; locale: string; rows: FeedRow[] } | undefined> {
  const feed = await findOwner(db, token);
  return feed && { ...feed, rows: await listRows(db, feed.owner, now) };
}

function listRows(db: Db, owner: FeedOwner, now: Temporal.Instant): Promise<FeedRow[]> {
  const since = (days: number) => toDate(now.subtract({ hours: days * HOURS_PER_DAY }));
  return db.appointment.findMany({
    where: {
      AND: [
        "patientId" in owner
          ? owner
          : {
              OR: [
                { patient: { userId: owner.userId } },
                { patient: { contactUserId: owner.userId } },
                { practitioner: { userId: owner.userId, user: { roles: { has: "practitioner" } } } },
              ],
            },
        {
          OR: [
            { status: { notIn: ["pending", "cancelled"] }, endAt: { gt: since(PAST_DAYS) } },
            {
              status: "cancelled",
              // An offer of the waitlist that was let go never was a visit.
              encounter: { isNot: null },
              cancelledAt: { gt: since(CANCELLED_DAYS) },
            },
          ],
        },
      ],
    },
    select: FEED_ROW,
    // The latest ones, should there be more.
    orderBy: [{ startAt: "desc" }, { id: "desc" }],
    take: MOST_EVENTS,
  });
}
