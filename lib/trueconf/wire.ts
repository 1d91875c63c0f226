import { z } from "zod";

/**
 * TrueConf's answers, as far as we use them: strict on those fields, indifferent to the rest, since servers of other versions
 * add and drop some (TrueConf API: conference object, methods, guest links).
 */
export const API = "/api/v3.11";

export const tokenAnswer = z.object({
  access_token: z.string().min(1),
  /** Seconds. */
  expires_in: z.coerce.number().positive(),
});

/** A name from the server's own vocabulary: it is logged, so nothing else passes. */
const word = z
  .string()
  .regex(/^[\w.-]{1,64}$/)
  .optional()
  .catch(undefined);
const complaint = z.object({ reason: word, location: word });
const complaints = z.array(complaint).optional().catch(undefined);
/** v3's envelope. v4 has the reason beside it, of which nothing more is documented. */
const envelope = z
  .object({ error: complaint.extend({ errors: complaints }), reason: word })
  .transform(({ error, reason }) => {
    const first = error.errors?.find((one) => one.reason !== undefined) ?? error.errors?.[0] ?? error;
    return { reason: first.reason ?? error.reason ?? reason, field: first.location };
  });
/** Without the envelope, only a reason in TrueConf's manner of writing them tells its answers from a proxy's. */
const bareReason = z
  .object({ reason: z.string().regex(/^[a-z][A-Za-z]{1,63}$/) })
  .transform(({ reason }) => ({ reason, field: undefined }));
/** What stands in the place of an answer when something is refused. */
export const errorAnswer = z.union([envelope, bareReason]);

const state = z.enum(["running", "stopped"]);
const tags = z
  .array(z.string())
  .nullish()
  .transform((value) => value ?? undefined);

/** Lists show conferences of others too, so that no field is asked of them but what tells ours from theirs. */
const listedConference = z.object({
  id: z.string().min(1).max(128),
  state,
  tags,
  /** Epoch seconds, as far as there are instants. */
  created_at: z.number().min(0).max(8.64e12).optional().catch(undefined),
  recording: z.union([z.number(), z.boolean()]).optional().catch(undefined),
});
export type ListedConference = z.output<typeof listedConference>;

const conference = listedConference.extend({
  /** Absent where a server shortens its answer; then it has to be asked for. */
  allow_guests: z.boolean().optional(),
});
export type WireConference = z.output<typeof conference>;

export const conferenceAnswer = z.object({ conference });
/** The whole object, for a PUT that must send everything back. */
export const wholeConferenceAnswer = z.object({ conference: z.looseObject({ id: z.string() }) });
export const conferencesAnswer = z.object({
  cnt: z.coerce.number().int().min(0),
  conferences: z.array(listedConference),
});
export const stateAnswer = z.object({ state });

export const participantsAnswer = z.object({
  participants: z.array(
    z.object({ id: z.string(), is_owner: z.union([z.number(), z.boolean()]).optional().catch(undefined) }),
  ),
});
export const userAnswer = z.object({ user: z.object({ id: z.string(), status: z.number().optional() }) });

/** A field that is a text, or is not there; some servers write null, or an object, where there is no link. */
const link = z.string().optional().catch(undefined);

/** Both known shapes: v3 has `google`, `outlook` and an ICS, v4 has `google` and `other`; either with or without a frame. */
const calendarLinks = z.object({ google: link, outlook: link, ics: link, other: link });
export type WireCalendarLinks = z.output<typeof calendarLinks>;
export const calendarsAnswer = z
  .union([z.object({ calendars: calendarLinks }), calendarLinks])
  .transform((answer) => ("calendars" in answer ? answer.calendars : answer));

/** For desktop and iOS, and for Android; beside the clients or within one of them, which is not documented. */
const deeplinks = z.object({ default: link, android: link }).optional().catch(undefined);
export type WireDeeplinks = z.output<typeof deeplinks>;
const softwareClient = z.object({ type: link, platform: link, web_url: link, deeplinks });
export type SoftwareClient = z.output<typeof softwareClient>;
export const clientsAnswer = z.object({ clients: z.array(softwareClient), deeplinks });

const logTime = z.object({ date: z.string(), timezone: z.string() }).nullish().catch(null);
export const callsAnswer = z.object({ list: z.array(z.object({ conference_id: z.string() })) });
export const callParticipantsAnswer = z.object({
  list: z.array(
    z.object({
      call_id: z.string(),
      join_time: logTime,
      leave_time: logTime,
      leave_reason: z.coerce.string().nullish().catch(null),
    }),
  ),
});
