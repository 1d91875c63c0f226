import type { PasswordRefusal } from "@/lib/auth/types";
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
  /** How visits are entered, and the TrueConf account, where one is known. */
  entry: "guest" | "account";
  trueconfUser: string | null;
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
  /** Patients can ask for such a visit at once, from the line. */
  offeredNow: boolean;
  /** How many active practitioners offer it. */
  practitioners: number;
};

/** Why the first administrator could not be made. */
export type SetupRefusal =
  /** The link is unknown, used, revoked or expired, or the clinic has an administrator. */
  "link_invalid" | "email_in_use" | PasswordRefusal;

/** What keeps a practitioner from being booked, as far as an administrator can mend it. */
export type Attention = "no_visit_types" | "no_hours" | "never_free";

/** A practitioner as a line of a list. */
export type PractitionerLine = {
  id: string;
  displayName: string;
  email: string;
  specialty: string;
  /** Wall-clock hours, a line for each group of like days. */
  hours: string[];
  /** The place of the hours' zone. */
  zone: string;
  visitTypes: string[];
  /** On the practitioner's clock. */
  nextFree: { date: string; time: string; visitType: string } | null;
  active: boolean;
  hasAccepted: boolean;
  attention: Attention | null;
};

/** A value to choose, in the reader's language. */
export type Choice = { value: string; label: string };

/** What the form of a practitioner offers to choose from. */
export type PractitionerChoices = {
  specialties: Choice[];
  languages: Choice[];
  timeZones: Choice[];
  visitTypes: (Choice & { active: boolean })[];
};

/** How far a clinic has come since it was empty. */
export type ClinicProgress = { hasVisitTypes: boolean; hasPractitioners: boolean; hasHours: boolean };

/** One week of the clinic, in numbers. Nobody is named in it, and nothing that anybody wrote. */
export type WeekFigures = {
  /** Its Monday, `YYYY-MM-DD`, on the clinic's clock. */
  week: string;
  visits: number;
  /** Visits that one of the two missed. */
  missed: number;
  cancelled: number;
  /** How long patients waited beyond the planned time, in minutes on average; nothing where nobody waited on the portal's pages. */
  waitMinutes: number | null;
  /** How many patients said how picture and sound were. */
  answers: number;
  /** Their average, 1–5. */
  quality: number | null;
  /** How many gave 1, 2, 3, 4 and 5. */
  qualities: number[];
  /** What went wrong, by name. */
  problems: Record<string, number>;
};
