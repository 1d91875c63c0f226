import { ownAccountScope } from "@/lib/access/rules";
import type { AccountScope, PatientScope, UserActor } from "@/lib/access/types";
import { isId } from "@/lib/core/ids";
import type { Db } from "@/lib/db/client";

/** What somebody has last asked for, whatever has become of it. */
export const findOwnErasure = (db: Db, actor: Pick<UserActor, "userId">) =>
  db.erasure.findFirst({ where: { user: ownAccountScope(actor) }, orderBy: { requestedAt: "desc" } });

/** What waits to be decided, or is being carried out: the oldest first. */
export const listOpenErasures = (db: Db, scope: AccountScope) =>
  db.erasure.findMany({
    where: { user: scope, status: { in: ["requested", "approved"] } },
    orderBy: [{ requestedAt: "asc" }, { id: "asc" }],
    select: { id: true, status: true, requestedAt: true, user: { select: { name: true } } },
  });

const DECIDED = 50;

/** What was decided, the last first. Unscoped: whose it was is not said, and of most nobody knows any more. */
export const unsafeListDecidedErasures = (db: Db) =>
  db.erasure.findMany({
    where: { status: { in: ["refused", "done"] } },
    orderBy: [{ decidedAt: "desc" }, { id: "desc" }],
    select: { id: true, status: true, requestedAt: true, decidedAt: true },
    take: DECIDED,
  });

/** A request that waits to be decided. */
export const findErasureRequest = (db: Db, scope: AccountScope, erasureId: string) =>
  isId(erasureId)
    ? db.erasure.findFirst({
        where: { id: erasureId, user: scope, status: "requested" },
        select: {
          id: true,
          requestedAt: true,
          user: {
            select: {
              id: true,
              name: true,
              email: true,
              roles: true,
              dependants: { where: { userId: null }, orderBy: { name: "asc" }, select: { name: true } },
            },
          },
        },
      })
    : Promise.resolve(null);

/** The names of those without an account for whom somebody speaks. */
export const listDependants = async (db: Db, scope: PatientScope): Promise<string[]> =>
  (
    await db.patient.findMany({
      where: { AND: [scope, { userId: null }] },
      orderBy: [{ name: "asc" }, { id: "asc" }],
      select: { name: true },
    })
  ).map(({ name }) => name);
