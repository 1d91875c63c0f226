import type { NextFreeSlot, WeeklyInterval } from "@/lib/availability/types";
import type { LocalizedText, VisitTypeDto } from "@/lib/directory/types";

/** A practitioner as administrators keep one. */
export type ManagedPractitioner = {
  id: string;
  displayName: string;
  email: string;
  specialtyCode: string;
  specialtyNames: LocalizedText;
  languages: string[];
  timeZone: string;
  introductions: LocalizedText | null;
  active: boolean;
  /** Has set a password; until then the invitation can be sent again. */
  hasAccepted: boolean;
  /** Inactive ones included. */
  visitTypeIds: string[];
  hours: WeeklyInterval[];
  nextFree: NextFreeSlot | undefined;
};

/** A visit type as administrators keep one. */
export type ManagedVisitType = VisitTypeDto & {
  active: boolean;
  /** How many active practitioners offer it. */
  practitioners: number;
};

/** Why the first administrator could not be made. */
export type SetupRefusal =
  /** The link is unknown, used, revoked or expired, or the clinic has an administrator. */
  "link_invalid" | "email_in_use";
