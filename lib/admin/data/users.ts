import { isId } from "@/lib/core/ids";
import type { Db } from "@/lib/db/client";
import type { Prisma } from "@/lib/db/generated/client";

const ACCOUNT = {
  totp: { select: { userId: true } },
  practitioner: { select: { id: true } },
  sessions: { orderBy: { lastSeenAt: "desc" }, take: 1, select: { lastSeenAt: true } },
} as const satisfies Prisma.UserInclude;

export type AccountRow = Prisma.UserGetPayload<{ include: typeof ACCOUNT }>;

/** Everybody who is more than a patient: who can sign in first, then by name. */
export const listStaffAccounts = (db: Db): Promise<AccountRow[]> =>
  db.user.findMany({
    where: { roles: { hasSome: ["practitioner", "scheduler", "administrator"] } },
    include: ACCOUNT,
    orderBy: [{ disabledAt: { sort: "desc", nulls: "first" } }, { name: "asc" }, { id: "asc" }],
  });

/** One account, a patient's too. */
export const findAccount = async (db: Db, userId: string): Promise<AccountRow | undefined> =>
  isId(userId)
    ? ((await db.user.findUnique({ where: { id: userId }, include: ACCOUNT })) ?? undefined)
    : undefined;

/** The account of an address, as it was entered. */
export const findAccountByEmail = async (db: Db, email: string): Promise<string | undefined> =>
  (await db.user.findUnique({ where: { email }, select: { id: true } }))?.id;
