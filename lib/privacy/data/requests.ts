import { ownAccountScope } from "@/lib/access/rules";
import type { AccountScope, PatientScope, UserActor } from "@/lib/access/types";
import { isId } from "@/lib/core/ids";
import type { Db } from "@/lib/db/client";

/** What somebody has last asked for, whatever has become of it; and about whom, where that is one patient. */
export const findOwnErasure = (db: Db, actor: Pick<UserActor, "userId">) =>
  db.erasure.findFirst({
    where: { user: ownAccountScope(actor) },
    include: { patient: { select: { name: true } } },
    orderBy: { requestedAt: "desc" },
  });

/** Requests of accounts, and those about patients who have none, of whom an actor decides. */
const within = (accounts: AccountScope, patients: PatientScope) => ({
  // A filter that leaves nobody out is none to Prisma, and within OR then matches nothing.
  OR: [
    { userId: { not: null }, user: accounts },
    { userId: null, patient: patients },
  ],
});

/** What waits to be decided, or is being carried out: the oldest first. */
export const listOpenErasures = (db: Db, accounts: AccountScope, patients: PatientScope) =>
  db.erasure.findMany({
    where: { ...within(accounts, patients), status: { in: ["requested", "approved"] } },
    orderBy: [{ requestedAt: "asc" }, { id: "asc" }],
    select: {
      id: true,
      status: true,
      requestedAt: true,
      user: { select: { name: true } },
      patient: { select: { name: true } },
    },
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

/** A request that waits to be decided, with whose it is. */
export const findErasureRequest = (
  db: Db,
  accounts: AccountScope,
  patients: PatientScope,
  erasureId: string,
) =>
  isId(erasureId)
    ? db.erasure.findFirst({
        where: { ...within(accounts, patients), id: erasureId, status: "requested" },
        include: {
          user: {
            select: {
              name: true,
              email: true,
              pseudonym: true,
              roles: true,
              practitioner: { select: { id: true } },
              dependants: { where: { userId: null }, orderBy: { name: "asc" }, select: { name: true } },
            },
          },
          patient: { select: { name: true, contactName: true, email: true, phone: true, pseudonym: true } },
        },
      })
    : Promise.resolve(null);

/**
 * Bookings without an account under an address, each of which is a patient of its own: nobody has shown whose they are, and an administrator
 * who knows takes them along. Unscoped, for who decides about an erasure.
 *
 * @param besides those who are part of it already
 */
export const unsafeListUnclaimed = (db: Db, email: string | null, besides: readonly string[]) =>
  email === null
    ? Promise.resolve([])
    : db.patient.findMany({
        where: {
          email,
          userId: null,
          contactUserId: null,
          erasureId: null,
          id: { notIn: [...besides] },
          erasures: { none: { status: { in: ["requested", "approved"] } } },
        },
        orderBy: { id: "asc" },
        select: {
          id: true,
          name: true,
          pseudonym: true,
          createdAt: true,
          _count: { select: { appointments: true } },
        },
      });

/** Those without an account for whom somebody speaks. */
export const listDependants = (db: Db, scope: PatientScope) =>
  db.patient.findMany({
    where: { AND: [scope, { userId: null }] },
    orderBy: [{ name: "asc" }, { id: "asc" }],
    select: { id: true, name: true },
  });
