import type { AppointmentScope } from "@/lib/access/types";
import type { Db } from "@/lib/db/client";

const LINKED = { id: true, startAt: true } as const;
type Linked = { id: string; startAt: Date };

export type LinkedVisits = { follows: Linked | null; followedBy: Linked[] };

/** The visit after which one was booked, and those that were booked after it and still stand, within a scope. */
export async function findLinkedVisits(
  db: Db,
  scope: AppointmentScope,
  { id, followsId }: { id: string; followsId: string | null },
): Promise<LinkedVisits> {
  const follows = followsId
    ? await db.appointment.findFirst({ where: { AND: [scope, { id: followsId }] }, select: LINKED })
    : null;
  const followedBy = await db.appointment.findMany({
    where: { AND: [scope, { followsId: id, status: { notIn: ["pending", "cancelled"] } }] },
    select: LINKED,
    orderBy: { startAt: "asc" },
  });
  return { follows, followedBy };
}
