import type { Db } from "@/lib/db/client";
import { readVisitSettings } from "./settings";

/** Whose agreement to a recording stands. */
export const AGREED_TO_RECORDING = { consentText: { kind: "recording" }, withdrawnAt: null } as const;

/**
 * Whether a visit may be recorded: the clinic records visits, and its patient has agreed to this one. Both are needed. Unscoped,
 * since the portal itself keeps every conference to it, whoever has started that.
 */
export async function unsafeIsRecordingAgreed(
  db: Pick<Db, "setting" | "consent">,
  appointmentId: string,
): Promise<boolean> {
  const { recording } = await readVisitSettings(db);
  if (!recording) return false;
  const agreed = await db.consent.findFirst({
    where: { appointmentId, ...AGREED_TO_RECORDING },
    select: { id: true },
  });
  return agreed !== null;
}
