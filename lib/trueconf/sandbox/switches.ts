import { z } from "zod";

/**
 * One switch for each rule of a real server that no public document settles, and for what a clinic's licence decides. The
 * defaults are the strictest reading, so that a portal which works here does not depend on luck.
 */
export const switchesSchema = z.strictObject({
  /** Guests in all conferences together. A Free licence has one. */
  guestSeats: z.int().min(0).max(10_000),
  /** A Free licence runs one conference at a time. */
  singleRunningConference: z.boolean(),

  tokenTtlSeconds: z.int().min(1).max(31_536_000),
  /** Rights an administrator ticked for the application. */
  grantedScopes: z.array(z.string().min(1)),
  tokenFailureStatus: z.literal([400, 401]),

  /** A POST that names the conference's id: taken, refused (the webinar licence is missing), or answered with another id. */
  ownConferenceId: z.enum(["accepted", "refused", "replaced"]),
  /** A POST with an id already in use: 400 `uniqueValueAlreadyInUse`, 409, or the old conference gives way. */
  duplicateConferenceId: z.enum(["refused", "conflict", "overwritten"]),
  /** Whether `state:"running"` in a POST starts the conference by itself. */
  createStartsRunning: z.boolean(),
  runWhenRunning: z.literal([200, 400]),
  stopWhenStopped: z.literal([200, 400]),
  deleteStatus: z.literal([200, 204]),
  deleteWhenRunning: z.enum(["stops", "refused"]),
  /** Fields that a PUT leaves out: back to their defaults, or as they were. */
  putOmittedFields: z.enum(["reset", "kept"]),

  autoStart: z.boolean(),
  /** From `start_time` to the conference running. */
  autoStartDelaySeconds: z.int().min(0).max(3600),

  calendars: z.enum(["v3", "v4"]),

  /** False: the server has no web client, so the list holds native ones only. */
  webClientEntry: z.boolean(),
  iframeClosing: z.enum(["broken", "right"]),
  deeplinks: z.enum(["top", "client", "absent"]),
  clientsNeedToken: z.boolean(),
  clientsRefuseStopped: z.boolean(),
  clientsUnknownConference: z.literal([200, 404]),

  singleUseLinks: z.boolean(),
  /** The same guest id entering twice: the newer takes the place, or is turned away. */
  sameGuestId: z.enum(["replaces", "refused"]),
  /** Whether `allow_only_planned_participants` keeps out guests with a minted link. */
  plannedOnlyBlocksGuests: z.boolean(),

  /** Whether users who are online come into a conference that calls them: off is "the doctor does not answer". */
  usersAnswer: z.boolean(),
  answerDelaySeconds: z.int().min(0).max(600),

  /** Visitors of whom the browser need not ask leave for camera and microphone go past the set-up screen. */
  autojoin: z.boolean(),
  /** How long somebody whose connection dropped keeps the place before the others see them leave. */
  reconnectGraceSeconds: z.int().min(0).max(600),
});
export type Switches = z.output<typeof switchesSchema>;

/** Scopes of the documented token example and of official examples. */
const ALL_SCOPES = [
  "conferences",
  "conferences:read",
  "conferences:write",
  "conferences.invitations",
  "conferences.participants",
  "conferences.participants:read",
  "conferences.participants:write",
  "groups",
  "groups:read",
  "groups.users",
  "users",
  "users:read",
  "logs.calls:read",
  "logs.calls.participants:read",
];

/** The strict starting position of every switch. */
export const defaultSwitches = (guestSeats: number): Switches => ({
  guestSeats,
  singleRunningConference: false,
  tokenTtlSeconds: 604_800,
  grantedScopes: [...ALL_SCOPES],
  tokenFailureStatus: 400,
  ownConferenceId: "accepted",
  duplicateConferenceId: "refused",
  createStartsRunning: false,
  runWhenRunning: 200,
  stopWhenStopped: 200,
  deleteStatus: 200,
  deleteWhenRunning: "stops",
  putOmittedFields: "reset",
  autoStart: true,
  autoStartDelaySeconds: 0,
  calendars: "v3",
  webClientEntry: true,
  iframeClosing: "broken",
  deeplinks: "top",
  clientsNeedToken: false,
  clientsRefuseStopped: false,
  clientsUnknownConference: 404,
  singleUseLinks: false,
  sameGuestId: "replaces",
  plannedOnlyBlocksGuests: true,
  usersAnswer: true,
  answerDelaySeconds: 0,
  autojoin: true,
  reconnectGraceSeconds: 15,
});

/** What a control request may change: any of the switches, nothing else. */
export const switchesPatchSchema = switchesSchema.partial();
