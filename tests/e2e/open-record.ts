import { newId } from "@/lib/core/ids";
import { EMERGENCY_MINUTES, emergencyPlace } from "@/lib/emergency/constants";
import { seal } from "@/lib/security/seal";
import { toDate } from "@/lib/time/instant";
import type { PortalAddresses } from "@/tests/support/portal";
import { type Practice, withRows } from "./practice";

/**
 * A patient's record that a practitioner has opened in an emergency.
 *
 * @returns the access
 */
export const stageOpenRecord = (
  portal: PortalAddresses,
  { practitionerId }: Practice,
  patientId: string,
): Promise<string> =>
  withRows(portal, async (database, now) => {
    const id = newId();
    const { sealed, keyId } = seal("An invented emergency", emergencyPlace(id));
    await database.emergencyAccess.create({
      data: {
        id,
        practitionerId,
        reason: "danger",
        textSealed: sealed,
        textKeyId: keyId,
        createdAt: toDate(now),
        expiresAt: toDate(now.add({ minutes: EMERGENCY_MINUTES })),
        patients: { create: { patientId } },
      },
    });
    return id;
  });
