import type { AccountScope } from "@/lib/access/types";
import { isId } from "@/lib/core/ids";
import type { Db } from "@/lib/db/client";
import type { Prisma } from "@/lib/db/generated/client";

const ACCOUNT = {
  totp: { select: { userId: true } },
  practitioner: { select: { id: true } },
  providerLinks: { select: { id: true } },
  sessions: { orderBy: { lastSeenAt: "desc" }, take: 1, select: { lastSeenAt: true } },
} as const satisfies Prisma.UserInclude;

export type AccountRow = Prisma.UserGetPayload<{ include: typeof ACCOUNT }>;

/** Everybody of a scope who is more than a patient: who can sign in first, then by name. */
export const listStaffAccounts = (db: Db, scope: AccountScope): Promise<AccountRow[]> =>
  db.user.findMany({
    where: { AND: [scope, { roles: { hasSome: ["practitioner", "scheduler", "administrator"] } }] },
    include: ACCOUNT,
    orderBy: [{ disabledAt: { sort: "desc", nulls: "first" } }, { name: "asc" }, { id: "asc" }],
  });

/** One account of a scope, a patient's too. */
export const findAccount = async (
  db: Db,
  scope: AccountScope,
  userId: string,
): Promise<AccountRow | undefined> =>
  isId(userId)
    ? ((await db.user.findFirst({ where: { AND: [scope, { id: userId }] }, include: ACCOUNT })) ?? undefined)
    : undefined;

/** The account of a scope that has an address, as it was entered. */
export const findAccountByEmail = async (
  db: Db,
  scope: AccountScope,
  email: string,
): Promise<string | undefined> =>
  (await db.user.findFirst({ where: { AND: [scope, { email }] }, select: { id: true } }))?.id;
