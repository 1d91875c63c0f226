import { linkScope } from "@/lib/access/rules";
import type { AppointmentScope } from "@/lib/access/types";
import type { Db } from "@/lib/db/client";
import type { Prisma } from "@/lib/db/generated/client";
import { unseal } from "@/lib/security/seal";
import { priorityReasonPlace } from "../constants";

const ENTRY = {
  patient: { select: { pseudonym: true } },
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

/**
 * The place from which a visit came that did not begin, and whose patient was put back. Nobody waits in two places at once, so it is the last
 * one that they had taken before the visit was written.
 */
export async function findPlaceOf(db: Db, scope: AppointmentScope) {
  const visit = await db.appointment.findFirst({
    where: { AND: [scope, { origin: "now", status: "cancelled", cancelledBy: "system" }] },
    select: { patientId: true, createdAt: true },
  });
  if (!visit) return undefined;
  const { patientId, createdAt } = visit;
  const place = await db.queueEntry.findFirst({
    where: { patientId, joinedAt: { lte: createdAt } },
    select: { id: true, patient: { select: { pseudonym: true } } },
    orderBy: { joinedAt: "desc" },
  });
  return place ?? undefined;
}

/** Why staff let somebody go first; nothing where they did not. */
export const priorityReasonOf = ({
  id,
  priorityReasonSealed: sealed,
  priorityReasonKeyId: keyId,
}: {
  id: string;
  priorityReasonSealed: Uint8Array | null;
  priorityReasonKeyId: string | null;
}): string | null => (sealed && keyId ? unseal({ keyId, sealed }, priorityReasonPlace(id)) : null);
