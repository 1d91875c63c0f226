import { z } from "zod";

/**
 * TrueConf's answers, as far as we use them: strict on those fields, indifferent to the rest, since servers of other versions
 * add and drop some (TrueConf API: conference object, methods, guest links).
 */
export const API = "/api/v3.11";

export const tokenAnswer = z.object({ access_token: z.string().min(1), expires_in: z.number().positive() });

export const errorAnswer = z.object({
  error: z.object({ errors: z.array(z.object({ reason: z.string().optional() })).optional() }),
});

const conference = z.object({
  id: z.string().min(1).max(128),
  state: z.enum(["running", "stopped"]),
  owner: z.string(),
  topic: z.string().optional(),
  type: z.number().optional(),
  description: z.string().optional(),
  allow_guests: z.boolean(),
  max_participants: z.number().optional(),
  tags: z.array(z.string()).default([]),
  schedule: z.looseObject({ type: z.number() }).optional(),
  invitations: z.array(z.looseObject({ id: z.string() })).optional(),
});
export type WireConference = z.output<typeof conference>;

export const conferenceAnswer = z.object({ conference });
/** The whole object, for a PUT that must send everything back. */
export const wholeConferenceAnswer = z.object({ conference: z.looseObject({ id: z.string() }) });
export const conferencesAnswer = z.object({ cnt: z.number(), conferences: z.array(conference) });
export const stateAnswer = z.object({ state: z.enum(["running", "stopped"]) });
export const participantsAnswer = z.object({
  participants: z.array(
    z.object({
      id: z.string(),
      display_name: z.string().optional(),
      is_owner: z.union([z.number(), z.boolean()]).optional(),
    }),
  ),
});
export const userAnswer = z.object({ user: z.object({ id: z.string(), status: z.number().optional() }) });

/** Both known shapes: v3 has `google`, `outlook` and an ICS, v4 has `google` and `other`. */
const link = z.string().optional().catch(undefined);
const calendarLinks = z.object({ google: link, outlook: link, ics: link, other: link });
export const calendarsAnswer = z.union([z.object({ calendars: calendarLinks }), calendarLinks]);

const deeplinks = z.object({ default: link, android: link }).optional().catch(undefined);
export const clientsAnswer = z.object({
  clients: z.array(
    z.object({
      type: z.string().optional(),
      platform: z.string().optional(),
      web_url: z.string().nullish(),
      deeplinks,
    }),
  ),
  deeplinks,
});
