import { z } from "zod";
import { refuseParameter } from "./domain/refusal";

/** The fourteen rights of a participant; anything else in a request is dropped without a word, as the server does. */
const RIGHTS = [
  "chat_send",
  "chat_rcv",
  "slide_show_send",
  "slide_show_rcv",
  "white_board_send",
  "white_board_rcv",
  "file_transfer_send",
  "file_transfer_rcv",
  "desktop_sharing",
  "recording",
  "audio_send",
  "audio_rcv",
  "video_send",
  "video_rcv",
] as const;

type Rights = Record<(typeof RIGHTS)[number], boolean>;
const rightsOf = (given: Partial<Record<string, boolean>>): Rights =>
  Object.fromEntries(RIGHTS.map((right) => [right, given[right] ?? true])) as Rights;

const oneSideRights = z
  .record(z.string(), z.boolean())
  .default({})
  .transform((given) => rightsOf(given));
/** Nested by kind of participant; the flat form of the published article is refused, since it would silently give everything. */
const rights = z
  .strictObject({ guest: oneSideRights, user: oneSideRights })
  .default(() => ({ guest: rightsOf({}), user: rightsOf({}) }));

const WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"] as const;
const scheduled = {
  duration: z.int().min(60).max(86_399),
  time_offset: z.int().min(-840).max(840).default(0),
};
const schedule = z
  .discriminatedUnion("type", [
    z.object({ type: z.literal(-1) }),
    z.object({
      type: z.literal(0),
      days: z.array(z.enum(WEEKDAYS)).min(1),
      time: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/),
      start_time: z.int().min(0),
      ...scheduled,
    }),
    z.object({ type: z.literal(1), start_time: z.int().min(0), ...scheduled }),
  ])
  .default({ type: -1 });

/** What a client may write, with the server's defaults for what it leaves out (TrueConf API: conference object). */
export const conferenceSchema = z.object({
  topic: z.string().min(1).max(240),
  description: z.string().default(""),
  owner: z.string().min(1).max(64),
  type: z.literal([0, 1, 3]),
  invitations: z.array(z.object({ id: z.string().min(1), display_name: z.string().optional() })).default([]),
  max_participants: z.int().min(1).optional(),
  max_podiums: z.int().min(1).optional(),
  schedule,
  allow_guests: z.boolean().default(false),
  allow_only_planned_participants: z.boolean().default(false),
  rights,
  auto_invite: z.literal([0, 1, 2]).default(0),
  recording: z.literal([0, 1]).default(0),
  stream_recording_state: z.int().default(0),
  tags: z.array(z.string()).default([]),
  multicast_enable: z.boolean().default(false),
  multicast_address: z.string().nullable().default(null),
});
export type ConferenceFields = z.output<typeof conferenceSchema>;

export const createSchema = conferenceSchema.extend({
  id: z
    .string()
    .regex(/^[A-Za-z0-9_]{1,128}$/)
    .optional(),
  state: z.enum(["running", "stopped"]).optional(),
});

/** A PUT carries the whole object: these four are asked for. */
export const replaceSchema = conferenceSchema.extend({ description: z.string() });

export const tokenRequestSchema = z.object({
  grant_type: z.string().optional(),
  client_id: z.string().optional(),
  client_secret: z.string().optional(),
});

export const pageSchema = (firstPage: 0 | 1) =>
  z.object({
    page_id: z.coerce.number().int().min(firstPage).default(firstPage),
    page_size: z.coerce.number().int().min(1).max(1000).default(200),
  });

/**
 * Parses what came from outside.
 *
 * @throws Refusal 400 `invalidValue`, naming the first field that is wrong
 */
export function parse<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  throw refuseParameter(issue?.path.join(".") ?? "", "invalidValue", issue?.message ?? "Invalid value");
}

/** JSON as TrueConf's PHP writes it, every slash escaped, so that a client which reads the raw text fails here first. */
export const stringify = (value: unknown): string => JSON.stringify(value).replaceAll("/", "\\/");
