import type { ConsentDto, VisitFactsDto } from "@/lib/booking/types/form";
import type { CalendarDto, ZoneDto } from "@/lib/booking/types/times";
import type { MomentDto } from "@/lib/time/format";
import type { RebookingDto } from "./rebook";
import type { RecordingState, RecordingTextDto } from "./recording";

/** What a visit is for those who look at it, worked out from its status and the time. */
export type VisitPhase =
  /** Too early to wait. */
  | "booked"
  /** The waiting room is open; the practitioner has not started. */
  | "waiting"
  | "in_progress"
  | "finished"
  | "cancelled"
  /** Its time went by without a start. */
  | "missed";

/** The state of one visit that changes while a page is open; sent again whole with every change. */
export type VisitState = {
  appointmentId: string;
  phase: VisitPhase;
  /** RFC 3339. A page that shows another start than this was overtaken by a move and must be loaded again. */
  startsAt: string;
  /** The patient was in the waiting room at least once; when, in the viewer's zone. */
  arrivedTime: string | null;
  /** The video link exists, and is for the visit's present time. Until then a page says that it follows by itself. */
  conferenceReady: boolean;
  /** When the phase changes by the clock alone, which the stream then reads anew; RFC 3339. */
  changesAt: string | null;
  /** How long before its start it opens to whoever looks. */
  opensMinutes: number;
  practitionerName: string;
  /** Whose page of this visit is open at the moment. */
  presence: { patient: boolean; practitioner: boolean };
  /** What the patient's last check for this visit found. */
  deviceCheck: DeviceCheckDto | null;
  /** What the practitioner has said to whoever waits, in order. */
  messages: WaitingMessageDto[];
  /** When it is expected to begin; nothing where nothing is known beyond the booked time. */
  expected: ExpectedStartDto | null;
  /** How the practitioner enters it, and whether there is an account of theirs on TrueConf. */
  entry: "guest" | "account";
  hasAccount: boolean;
  /**
   * Whether the practitioner's TrueConf account is being rung, and nobody has answered; or they have, and no guest seat is left for the
   * patient.
   */
  call: "idle" | "calling" | "unanswered" | "no_seat";
  /** When the clock ends it if nothing changes, in the viewer's zone; said only once that is near, or somebody was left alone in it. */
  endsTime: string | null;
  /** TrueConf runs the conference although nobody here has started the visit. */
  selfStarted: boolean;
  /** The clinic offers to open visits in TrueConf's own app. */
  appLinks: boolean;
  people: VisitPersonDto[];
  recording: RecordingState;
  noShow: "patient" | "practitioner" | null;
  /** How many parts of its summary are signed: a page that shows fewer must be loaded again. */
  signedParts: number;
  /** Whether the two have a conversation; the live state alone knows it, of a visit in progress. */
  hasTalk?: boolean;
  /** Accepted from the line of those who want to be seen now; and put back there, since it did not begin. */
  fromLine: "came" | "put_back" | null;
};

/** The same for whoever keeps the visit's time: nothing in it is clinical. */
export type VisitSigns = Omit<VisitState, "messages">;

/** What a device check comes to. */
export type DeviceOutcome = "ready" | "audio_only" | "not_ready";

/** The outcome of a device check, and when, in the viewer's zone; with its date where that is not today. */
export type DeviceCheckDto = { outcome: DeviceOutcome; checkedTime: string };

/** What the practitioner says to whoever waits: that they come soon, or words of their own. The time is in the viewer's zone. */
export type WaitingMessageDto = { id: string; kind: "soon" | "text"; text: string | null; time: string };

/** A start that is known to come later than booked. */
export type ExpectedStartDto = { startsAt: string; time: string; lateMinutes: number };

/** Somebody who takes part in a visit. */
export type VisitPersonDto = {
  key: string;
  name: string;
  kind: "patient" | "practitioner" | "interpreter" | "relative" | "student" | "other";
  /** In the conference now. */
  isIn: boolean;
  /** A third person's. */
  status: "invited" | "waiting" | "admitted" | "revoked" | null;
  invitedBy: "patient" | "practitioner" | "third" | null;
};

/**
 * What a personal link still opens: everything; what goes on after a visit, which is to read it and to write to each other, to say how it
 * was, and to book another in the place of one that was missed; or nothing.
 */
export type LinkRights = "full" | "after" | "none";

/** A visit as its patient's page shows it. */
export type PatientVisitDto = VisitFactsDto & {
  appointmentId: string;
  practitionerId: string;
  visitTypeId: string;
  /** This visit's own page, by account or by personal link. */
  path: string;
  /** The patient's name, where an account looks that speaks for them; nothing for one's own visits and by personal link. */
  spokenFor: string | null;
  rights: Exclude<LinkRights, "none">;
  /** `subscribe`: where a calendar of all visits is made, for whom this visit's page may make one. */
  calendar: { google: string; outlook: string; ics: string; subscribe: string | null };
  /** Where the video is embedded from, for a check of the way there. */
  videoOrigin: string;
  state: VisitState;
  change: VisitChangeDto;
  /** For a visit that did not take place; lists leave it out. */
  rebooking: RebookingDto | null;
  /** What nobody has asked the patient for this visit yet; lists leave it out. */
  missingConsents: ConsentDto[];
  /** What is asked about a recording, where the clinic records visits; lists leave it out. */
  recordingText: RecordingTextDto | null;
};

/** Whether its patient can still move or cancel a visit, and what became of it so far. */
export type VisitChangeDto = {
  /** Why not any more; nothing where it can be changed. */
  refusal: "too_late" | "not_changeable" | null;
  /** Until when it can be, or could have been; nothing where that is its start. */
  until: MomentDto | null;
  /** Its start before it was last moved. */
  movedFrom: MomentDto | null;
};

/** The page on which a patient moves a visit. */
export type MovePageDto = {
  visit: PatientVisitDto;
  /** This page without a chosen time. */
  path: string;
  step:
    | { kind: "refused"; refusal: NonNullable<VisitChangeDto["refusal"]> }
    /** The practitioner takes no bookings of this kind any more. */
    | { kind: "unavailable" }
    /** `isGone`: the time that was chosen is not free. */
    | { kind: "choose"; calendar: CalendarDto; zone: ZoneDto; isGone: boolean }
    | { kind: "confirm"; to: MomentDto; toEndTime: string };
};

/** Why somebody who may see the visit is not let in, in the words of `POST /api/visits/{appointmentId}/join`. */
export type JoinRefusal =
  | "not_started"
  | "ended"
  | "cancelled"
  | "too_early"
  | "too_late"
  /** The patient is in it on another device, and has not asked to be moved here. */
  | "elsewhere"
  | "no_guest_seat"
  /** The practitioner has no TrueConf account under which to enter. */
  | "no_account"
  /** TrueConf lets a practitioner's account in by its apps only: the app is rung, or they enter as a guest. */
  | "no_browser_link"
  /** TrueConf does not know the account that is to own the conference: the practitioner's, or the clinic's own. */
  | "owner_missing"
  /** TrueConf did not answer, or not usefully: try again soon. */
  | "video_unavailable"
  /** TrueConf is set up so that no guest can enter: somebody at the clinic must see to it. */
  | "video_misconfigured";

/**
 * What a start leads to: the way in, or a TrueConf account that is being rung. In the second case the visit begins when the
 * practitioner has answered.
 */
export type StartAnswer = JoinAnswer | { calling: true };

/** The way in, minted at this moment. The element is described; no HTML of the server is ever used. */
export type JoinAnswer = {
  iframe: { src: string; allow: string; allowFullscreen: boolean; title: string };
  webUrl: string;
  /** What opens TrueConf's own app; nothing unless the clinic has turned it on. */
  appLinks: { default: string | null; android: string | null } | null;
  /** RFC 3339. After this instant the link lets nobody in any more; a call that began goes on. */
  expiresAt: string;
};
