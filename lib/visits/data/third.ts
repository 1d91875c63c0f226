import { isId } from "@/lib/core/ids";
import type { Db } from "@/lib/db/client";
import type { Prisma } from "@/lib/db/generated/client";
import { hashToken, isToken } from "@/lib/security/tokens";
import { AGREED_TO_RECORDING } from "./recording";
import { readVisitSettings } from "./settings";

const THIRD_PERSON = {
  encounter: {
    include: {
      conference: true,
      appointment: {
        include: {
          practitioner: true,
          patient: true,
          consents: { where: AGREED_TO_RECORDING, select: { id: true } },
        },
      },
    },
  },
} as const satisfies Prisma.ThirdPersonInclude;

export type ThirdPersonRow = Prisma.ThirdPersonGetPayload<{ include: typeof THIRD_PERSON }>;

/** The third person whom a link lets to the door. What a link of somebody who was sent away opens, their status says. */
export async function findThirdPersonByToken(db: Db, token: string) {
  if (!isToken(token)) return undefined;
  const link = await db.accessLink.findFirst({
    where: { tokenHash: hashToken(token), purpose: "third_person", revokedAt: null },
    select: { thirdPerson: { include: THIRD_PERSON } },
  });
  return link?.thirdPerson ? { ...link.thirdPerson, windows: await readVisitSettings(db) } : undefined;
}

/** A third person of one visit. */
export async function findThirdPerson(db: Db, encounterId: string, thirdPersonId: string) {
  if (!isId(thirdPersonId)) return null;
  return db.thirdPerson.findFirst({ where: { id: thirdPersonId, encounterId } });
}

/** Those who have been asked into a visit and not been sent away. */
export const countThirdPersons = (db: Db, encounterId: string): Promise<number> =>
  db.thirdPerson.count({ where: { encounterId, status: { not: "revoked" } } });
