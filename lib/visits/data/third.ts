import { linkScope } from "@/lib/access/rules";
import type { AppointmentScope } from "@/lib/access/types";
import { isId } from "@/lib/core/ids";
import type { Db } from "@/lib/db/client";
import type { Prisma } from "@/lib/db/generated/client";
import { AGREED_TO_RECORDING } from "./recording";
import { readVisitSettings } from "./settings";

const THIRD_PERSON = {
  encounter: {
    include: {
      conference: true,
      attendances: { where: { source: "participants", toAt: null }, select: { thirdPersonId: true } },
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
  const link = await db.accessLink.findFirst({
    where: linkScope("third_person", token),
    select: { thirdPerson: { include: THIRD_PERSON } },
  });
  return link?.thirdPerson ? { ...link.thirdPerson, windows: await readVisitSettings(db) } : undefined;
}

/** A third person of one visit of a scope. */
export async function findThirdPerson(
  db: Db,
  scope: AppointmentScope,
  encounterId: string,
  thirdPersonId: string,
) {
  if (!isId(thirdPersonId)) return null;
  const encounter = { id: encounterId, appointment: scope };
  return db.thirdPerson.findFirst({ where: { id: thirdPersonId, encounter } });
}

/**
 * How many have been asked into a visit and not been sent away. Unscoped, since it says how much room a conference needs to whoever
 * makes one, which jobs do too, and nothing of the people.
 */
export const unsafeCountThirdPersons = (db: Db, encounterId: string): Promise<number> =>
  db.thirdPerson.count({ where: { encounterId, status: { not: "revoked" } } });
