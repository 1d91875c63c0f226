import type { MomentDto } from "@/lib/time/format";

/** Why somebody could not be asked into a visit, admitted or sent away. */
export type ThirdPersonRefusal =
  | "not_found"
  /** The visit is over, cancelled or missed. */
  | "ended"
  /** As many as a visit may have are asked in already. */
  | "too_many"
  /** The person was sent away. */
  | "revoked"
  /** The licence has no guest seat left at that time. */
  | "no_guest_seat"
  /** TrueConf did not make room just now. */
  | "video_unavailable";

/** Where a third person stands; the page brings them on by itself. */
export type ThirdPersonPhase =
  /** Too early to come. */
  | "early"
  /** At the door: the practitioner has not let them in yet. */
  | "door"
  /** Let in, and the visit has not begun. */
  | "admitted"
  | "in_progress"
  | "ended"
  | "revoked";

/** The changing part of a third person's page. */
export type ThirdPersonState = {
  phase: ThirdPersonPhase;
  /** RFC 3339: when the clock alone changes the phase. */
  changesAt: string | null;
  /** The visit is recorded, or will be once it begins: whoever comes in is told first. */
  isRecorded: boolean;
  /** Whether TrueConf shows this person in the conference, and anybody at all. */
  inside: { isIn: boolean; isAnybodyIn: boolean };
  /** The clinic offers to open visits in TrueConf's own app. */
  appLinks: boolean;
};

/** A third person's page: when, with whom, and nothing of the patient. */
export type ThirdPersonDto = {
  thirdPersonId: string;
  name: string;
  kind: "interpreter" | "relative" | "student" | "other";
  practitionerName: string;
  starts: MomentDto;
  endTime: string;
  /** When the door opens, in minutes before the start. */
  opensMinutes: number;
  state: ThirdPersonState;
};
