import type { MomentDto } from "@/lib/time/format";
import type { CalendarDto } from "./times";

/** Which of the staff's places a page is in, and where its forms lead back to. */
export type StaffArea = "admin" | "agenda";

/** A patient whom staff have found, with what tells people of one name apart. */
export type FoundPatientDto = {
  patientId: string;
  name: string;
  /** Who speaks for the patient, address, phone, last visit, as far as there are any. */
  contactName: string | null;
  email: string | null;
  phone: string | null;
  lastVisit: string | null;
};

/** A time that is suggested for a visit which has to move. */
export type SuggestionDto = {
  practitionerName: string;
  isOther: boolean;
  starts: MomentDto;
  href: string;
};

/** What staff do next about a visit's time. */
export type StaffStepDto =
  | {
      kind: "choose";
      calendar: CalendarDto;
      /** Chosen times are appended to it. */
      startHref: string;
      /** What the address says besides, for the form that names any time. */
      hidden: { name: string; value: string }[];
      /** What that form shows: an ISO date, "HH:MM". */
      date: string;
      time: string;
      /** A date and time were named that are none, or have passed. */
      isWrong: boolean;
    }
  | {
      kind: "confirm";
      starts: MomentDto;
      endTime: string;
      /** The page without a chosen time. */
      backHref: string;
      /** Free by the schedule; anything else takes a written reason. */
      isFree: boolean;
    };

export type ChoiceDto = { value: string; name: string };

/** The page on which staff book for a patient. */
export type StaffBookingDto = {
  area: StaffArea;
  path: string;
  practitioners: ChoiceDto[];
  visitTypes: ChoiceDto[];
  /** In which somebody new may get their mails, and the one to begin with. */
  languages: ChoiceDto[];
  locale: string;
  /** The visit that this one follows, and so its patient. */
  follows: { appointmentId: string; patientId: string; patientName: string } | null;
  /** Nothing until there is something to book. */
  chosen: {
    practitionerId: string;
    practitionerName: string;
    visitTypeId: string;
    visitType: string;
    durationMinutes: number;
    zone: string;
    step: StaffStepDto;
  } | null;
};
