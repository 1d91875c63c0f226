import type { ConferenceChange, ConferenceSchedule, NewConference } from "./types";

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
/** Everything that a conversation needs. Nobody may record: that is a matter of consent, not of a default. */
const rights = Object.fromEntries(RIGHTS.map((right) => [right, right !== "recording"]));

const SYMMETRIC = 0;
const ONCE = 1;
const VIRTUAL = -1;

const scheduleBody = (schedule: ConferenceSchedule) =>
  schedule === "virtual"
    ? { type: VIRTUAL }
    : {
        type: ONCE,
        start_time: Math.floor(schedule.startAt.epochMilliseconds / 1000),
        duration: Math.round(schedule.durationMinutes * 60),
        time_offset: 0,
      };

/** The body of a creation (TrueConf API: conference object; `recording` 0, or every patient would be recorded). */
export const creationBody = (
  { id, topic, owner, schedule, maxParticipants, tags, invitations = [] }: NewConference,
  { ownId }: { ownId: boolean },
) => ({
  ...(ownId ? { id } : {}),
  topic,
  owner,
  type: SYMMETRIC,
  schedule: scheduleBody(schedule),
  max_participants: maxParticipants,
  allow_guests: true,
  allow_only_planned_participants: false,
  auto_invite: 0,
  recording: 0,
  rights: { guest: rights, user: rights },
  invitations: [...new Set([owner, ...invitations])].map((account) => ({ id: account })),
  tags,
});

/** What a PUT may carry; the rest of what a GET shows is the server's own. */
const WRITABLE = [
  "topic",
  "description",
  "owner",
  "type",
  "schedule",
  "max_participants",
  "max_podiums",
  "allow_guests",
  "allow_only_planned_participants",
  "auto_invite",
  "recording",
  "rights",
  "invitations",
  "tags",
] as const;

type Whole = Readonly<Record<string, unknown>>;

/** The fields of a change as they travel. */
function changedFields({
  topic,
  description,
  owner,
  schedule,
  maxParticipants,
  recording,
}: ConferenceChange): Whole {
  const fields = {
    topic,
    description,
    owner,
    schedule: schedule && scheduleBody(schedule),
    max_participants: maxParticipants,
    recording: recording === undefined ? undefined : Number(recording),
  };
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

/**
 * The body of a PUT, which is always the whole conference: what a server does with fields that are left out is not documented.
 *
 * @param whole the conference as it was read just before
 */
export function replacementBody(whole: Whole, change: ConferenceChange): Whole {
  const kept = Object.fromEntries(WRITABLE.filter((key) => key in whole).map((key) => [key, whole[key]]));
  const body: Record<string, unknown> = { description: "", ...kept, ...changedFields(change) };
  // In a symmetric conference it follows the participants; sent as it was, it would contradict them.
  if (change.maxParticipants !== undefined) delete body.max_podiums;
  if (change.owner !== undefined) body.invitations = withInvited(whole.invitations, change.owner);
  return body;
}

function withInvited(invitations: unknown, account: string): unknown[] {
  const known = Array.isArray(invitations) ? invitations : [];
  return known.some((one) => one?.id === account) ? known : [...known, { id: account }];
}

/** Whether an answer shows every changed field as it was sent; what the server adds beside them does not matter. */
export const showsChange = (answered: Whole, change: ConferenceChange): boolean =>
  contains({ ...answered, recording: Number(answered.recording ?? 0) }, changedFields(change));

function contains(actual: unknown, expected: unknown): boolean {
  if (typeof expected !== "object" || expected === null) return actual === expected;
  if (typeof actual !== "object" || actual === null) return false;
  return Object.entries(expected).every(([key, value]) => contains((actual as Whole)[key], value));
}
