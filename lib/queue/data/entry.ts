import { linkScope } from "@/lib/access/rules";
import type { Db } from "@/lib/db/client";
import type { Prisma } from "@/lib/db/generated/client";

const ENTRY = {
  patient: { select: { name: true, phone: true, pseudonym: true } },
  specialty: { select: { code: true, names: true } },
  visitType: { select: { names: true, durationMinutes: true } },
  offers: { where: { status: "open" }, select: { practitionerId: true } },
} as const satisfies Prisma.QueueEntryInclude;

export type EntryRow = Prisma.QueueEntryGetPayload<{ include: typeof ENTRY }>;

/** The place to which a personal link leads. */
export async function findEntryByToken(db: Db, token: string | undefined): Promise<EntryRow | undefined> {
  const entry = await db.queueEntry.findFirst({
    where: { accessLinks: { some: linkScope("queue", token) } },
    include: ENTRY,
  });
  return entry ?? undefined;
}
