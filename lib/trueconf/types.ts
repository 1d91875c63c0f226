import type { Temporal } from "temporal-polyfill";
import type { TrueConfErrorKind } from "./errors";

/** Once, at a time; or `virtual`, a room without a schedule. */
export type ConferenceSchedule = { startAt: Temporal.Instant; durationMinutes: number } | "virtual";

export type NewConference = {
  /** Random and unguessable: knowing it is enough to enter (TrueConf API: guest links, security). `[A-Za-z0-9_]`, at most 128. */
  id: string;
  /** Seen by whoever can list conferences there, so it names nobody. */
  topic: string;
  /** A TrueConf account; it is invited too, or nobody would be rung. */
  owner: string;
  schedule: ConferenceSchedule;
  maxParticipants: number;
  /** Marks of ours, by which conferences are found again. The last is this one's alone. */
  tags: readonly [string, ...string[]];
  /** TrueConf accounts beside the owner. */
  invitations?: readonly string[];
};

/** What a conference may become. Of a running one, only the description may change. */
export type ConferenceChange = Partial<
  Pick<NewConference, "topic" | "owner" | "schedule" | "maxParticipants"> & {
    description: string;
    /** Whether the server records it from when it runs. */
    recording: boolean;
  }
>;

export type Conference = {
  /** The one that counts: the server's own, where it insists on one. */
  id: string;
  state: "running" | "stopped";
  tags: readonly string[];
  createdAt: Temporal.Instant | undefined;
  /** Whether the server records it; nothing where it does not say. */
  recording: boolean | undefined;
};

/** They lead to the conference's page, which is a key to it: for the practitioner only. */
export type CalendarLinks = { google?: string; outlook?: string; ics?: string; other?: string };

export type Participant = { id: string; isOwner: boolean };

/** One stay in a conference, as the server's log of calls has it. `id` is who: a guest's id or an account's. */
export type Attendance = {
  id: string;
  fromAt: Temporal.Instant;
  toAt: Temporal.Instant | undefined;
  leaveReason: string | undefined;
};

/** `status`: 0 offline, 1 online, 2 busy, 5 in a conference of its own; anything else means inactive. */
export type TrueConfUser = { id: string; status: number | undefined };

/** Open TrueConf's own app: `default` on desktops and iOS. They name the server's inner addresses. */
export type Deeplinks = { default?: string; android?: string };

export type MintedLink = {
  /** A credential: handed to one browser, then forgotten. */
  webUrl: string;
  /** From here on it lets nobody in; never later than the server's own limit. */
  expiresAt: Temporal.Instant;
  deeplinks: Deeplinks;
};

export type ServerCheck = {
  /** In the order in which they are made; after one that fails, those that need it are left out. */
  name: "connection" | "token" | "owner" | "clock" | "guests" | "web_client";
  ok: boolean;
  kind?: TrueConfErrorKind;
  /** How far a clock is off that is wrong, positive when ahead. */
  skewSeconds?: number;
};
