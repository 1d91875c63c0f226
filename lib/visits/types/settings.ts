/** From when until when a visit is open, in minutes before its start and after its end. */
export type VisitWindows = {
  /** The waiting room. */
  patientOpensMinutes: number;
  /** The start. */
  practitionerOpensMinutes: number;
  /** Starting and joining, for both; with it end the rights of a personal link. */
  closesAfterMinutes: number;
};

/** What the clinic decides about visits. */
export type VisitSettings = VisitWindows & {
  /** How long after its start somebody who never came is proposed as a no-show. */
  noShowAfterMinutes: number;
  /** A proposed no-show needs nobody to confirm it. */
  noShowAutomatic: boolean;
  /** How long a running conference may be empty. */
  emptyGraceMinutes: number;
  /** How long somebody may be in it alone, past its time. */
  aloneGraceMinutes: number;
  /** How long a visit may go on past its time at all. */
  longestOverrunMinutes: number;
  /** Links that open TrueConf's own app: old versions of it have a known, exploited hole. */
  appLinks: boolean;
  /** Visits may be recorded: each only with its patient's own consent. */
  recording: boolean;
};

type NameOf<T> = keyof {
  [Name in keyof VisitSettings as VisitSettings[Name] extends T ? Name : never]: true;
};
export type VisitNumberName = NameOf<number>;
export type VisitSwitchName = NameOf<boolean>;

/** The settings as their form shows them. */
export type VisitSettingsDto = {
  numbers: { name: VisitNumberName; value: string; min: number; max: number }[];
  switches: { name: VisitSwitchName; isOn: boolean }[];
};
