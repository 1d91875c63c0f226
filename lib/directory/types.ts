import type { PractitionerEntry } from "@/lib/db/generated/enums";
import type { Locale } from "@/lib/i18n/locales";

/** One text in every language of the portal. */
export type LocalizedText = Record<Locale, string>;

export type SpecialtyDto = { code: string; names: LocalizedText };

/** A practitioner as patients find one. */
export type PractitionerDto = {
  id: string;
  displayName: string;
  specialty: SpecialtyDto;
  /** ISO 639-1 codes of the languages spoken in a visit. */
  languages: string[];
  /** IANA zone of the weekly hours. */
  timeZone: string;
  entry: PractitionerEntry;
  introductions: LocalizedText | null;
  /** The visit types offered, active ones only. */
  visitTypeIds: string[];
};

/** A kind of visit with its limits; minutes and days as the names say. */
export type VisitTypeDto = {
  id: string;
  names: LocalizedText;
  durationMinutes: number;
  /** From one offered start to the next. */
  intervalMinutes: number;
  bufferBeforeMinutes: number;
  bufferAfterMinutes: number;
  /** How long before its start a visit can still be booked. */
  minNoticeMinutes: number;
  /** How many days ahead a visit can be booked. */
  horizonDays: number;
  /** How many of them a practitioner has on one date; `null` for no limit. */
  maxPerDay: number | null;
  /** How long before its start a patient may still move or cancel the visit. */
  changeNoticeMinutes: number;
  /** How long before its start the patient is reminded, the longest first. */
  reminderMinutes: number[];
};

/** Why a practitioner could not be added or changed. */
export type PractitionerRefusal =
  /** An account with this address exists; an invitation never changes one. */
  | "email_in_use"
  /** The practitioner is not there (any more). */
  | "not_found"
  /** A chosen visit type is not there (any more). */
  | "unknown_visit_type";

/** Why a practitioner's way into visits was not changed. */
export type PractitionerEntryRefusal =
  | "not_found"
  /** TrueConf has no such account. */
  | "unknown_account";

export type VisitTypeRefusal = "not_found";

/** Why an invitation was not sent again. */
export type InvitationResendRefusal =
  | "not_found"
  /** The practitioner has a password already. */
  | "already_accepted";
