import type { Temporal } from "temporal-polyfill";
import type { Api } from "./api";
import { fail, succeed, type TrueConfResult } from "./errors";
import {
  calendarsAnswer,
  conferenceAnswer,
  conferencesAnswer,
  participantsAnswer,
  stateAnswer,
  type WireConference,
  wholeConferenceAnswer,
} from "./wire";

export type NewConference = {
  /** Random and unguessable: knowing it is enough to enter (TrueConf API: guest links, security). */
  id: string;
  topic: string;
  /** A TrueConf account; it is invited too, or nobody would be rung. */
  owner: string;
  /** Once, at a time; or `virtual`, a room without a schedule. */
  schedule: { startAt: Temporal.Instant; durationMinutes: number } | "virtual";
  maxParticipants: number;
  /** The first marks it as the portal's; the last is this one's alone. */
  tags: readonly [string, ...string[]];
};

export type Conference = { id: string; state: "running" | "stopped"; tags: readonly string[] };
export type CalendarLinks = { google?: string; outlook?: string; ics?: string; other?: string };
export type Participant = { id: string; isOwner: boolean };

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

/** The body of a creation (TrueConf API: conference object; `recording` 0, or every patient would be recorded). */
const wireBody = ({ id, topic, owner, schedule, maxParticipants, tags }: NewConference) => ({
  id,
  topic,
  owner,
  type: SYMMETRIC,
  schedule:
    schedule === "virtual"
      ? { type: VIRTUAL }
      : {
          type: ONCE,
          start_time: Math.floor(schedule.startAt.epochMilliseconds / 1000),
          duration: Math.round(schedule.durationMinutes * 60),
          time_offset: 0,
        },
  max_participants: maxParticipants,
  allow_guests: true,
  allow_only_planned_participants: false,
  auto_invite: 0,
  recording: 0,
  rights: { guest: rights, user: rights },
  invitations: [{ id: owner }],
  tags,
});

const toConference = ({ id, state, tags }: WireConference): Conference => ({ id, state, tags });
const ROUTE = "/conferences/{id}";
const PAGE_SIZE = 200;
const MAX_PAGES = 50;

/** The methods on conferences. Each docstring says what repeating does. */
export function conferenceMethods(api: Api) {
  async function get(id: string): Promise<TrueConfResult<Conference>> {
    const answer = await api({ method: "GET", route: ROUTE, ids: { id }, schema: conferenceAnswer });
    return answer.ok ? succeed(toConference(answer.value.conference)) : answer;
  }

  /** Creates; never repeated by itself. What the server did not take up is a failure: a 200 does not prove a field. */
  async function create(conference: NewConference): Promise<TrueConfResult<Conference>> {
    const answer = await api({
      method: "POST",
      route: "/conferences",
      body: wireBody(conference),
      schema: conferenceAnswer,
    });
    if (!answer.ok) return answer;
    return answer.value.conference.allow_guests
      ? succeed(toConference(answer.value.conference))
      : fail("configuration", "never");
  }

  async function list(
    filter: { tag?: string; state?: "running" | "stopped" } = {},
  ): Promise<TrueConfResult<Conference[]>> {
    const found: Conference[] = [];
    for (let page = 1; page <= MAX_PAGES; page += 1) {
      const query = { ...filter, page_id: String(page), page_size: String(PAGE_SIZE) };
      const answer = await api({ method: "GET", route: "/conferences", query, schema: conferencesAnswer });
      if (!answer.ok) return answer;
      const { cnt, conferences } = answer.value;
      found.push(...conferences.map(toConference));
      if (conferences.length === 0 || found.length >= cnt) break;
    }
    // A server that does not know the filter returns everything.
    const { tag, state } = filter;
    return succeed(
      found.filter(
        (one) =>
          (tag === undefined || one.tags.includes(tag)) && (state === undefined || one.state === state),
      ),
    );
  }

  /** The one that was made before, by its id if it is ours, else by its own tag. */
  async function findMade({ id, tags }: NewConference): Promise<TrueConfResult<Conference | undefined>> {
    const own = tags.at(-1) ?? tags[0];
    const byId = await get(id);
    if (byId.ok && byId.value.tags.includes(own)) return succeed(byId.value);
    if (!byId.ok && byId.error.kind !== "not_found") return byId;
    const tagged = await list({ tag: own });
    return tagged.ok ? succeed(tagged.value[0]) : tagged;
  }

  /**
   * Makes sure that exactly one such conference exists, whatever became of earlier tries: creates, and after an unclear answer or
   * an id in use looks for what is there before creating again.
   *
   * @returns it, with the id that counts: the server's own, where it insists on one
   */
  async function ensure(conference: NewConference): Promise<TrueConfResult<Conference>> {
    const first = await create(conference);
    if (first.ok || (first.error.retry !== "unclear" && first.error.kind !== "conflict")) return first;
    const made = await findMade(conference);
    if (!made.ok) return made;
    if (made.value) return succeed(made.value);
    // Somebody else's conference has this id: 128 random bits do not do that, so it is not to be taken over.
    return first.error.kind === "conflict" ? first : create(conference);
  }

  /** Runs and looks whether it runs; a conference that ran already is as good. */
  async function run(id: string): Promise<TrueConfResult<Conference>> {
    const answer = await api({
      method: "POST",
      route: `${ROUTE}/run`,
      ids: { id },
      schema: stateAnswer,
      repeatable: true,
    });
    if (!answer.ok && answer.error.kind !== "invalid") return answer;
    const seen = await get(id);
    if (!seen.ok || seen.value.state === "running") return seen;
    return answer.ok ? fail("malformed", "safe") : answer;
  }

  /** Stops; stopping twice does no harm. */
  const stop = (id: string): Promise<TrueConfResult<unknown>> =>
    api({ method: "POST", route: `${ROUTE}/stop`, ids: { id }, repeatable: true });

  /** Deletes. Servers answer 200 with the id or 204 with nothing; one that is gone already is done. */
  async function remove(id: string): Promise<TrueConfResult<undefined>> {
    const answer = await api({ method: "DELETE", route: ROUTE, ids: { id }, repeatable: true });
    return answer.ok || answer.error.kind === "not_found" ? succeed(undefined) : answer;
  }

  /** Changes by sending the whole object back with the change in it; most fields only while it is stopped. */
  async function update(
    id: string,
    change: Partial<{
      topic: string;
      description: string;
      max_participants: number;
      schedule: object;
      owner: string;
    }>,
  ): Promise<TrueConfResult<Conference>> {
    const whole = await api({ method: "GET", route: ROUTE, ids: { id }, schema: wholeConferenceAnswer });
    if (!whole.ok) return whole;
    const body = { ...whole.value.conference, ...change };
    const answer = await api({
      method: "PUT",
      route: ROUTE,
      ids: { id },
      body,
      schema: conferenceAnswer,
      repeatable: true,
    });
    return answer.ok ? succeed(toConference(answer.value.conference)) : answer;
  }

  async function getCalendars(id: string): Promise<TrueConfResult<CalendarLinks>> {
    const answer = await api({
      method: "GET",
      route: `${ROUTE}/calendars`,
      ids: { id },
      schema: calendarsAnswer,
    });
    if (!answer.ok) return answer;
    const links = "calendars" in answer.value ? answer.value.calendars : answer.value;
    const web = Object.entries(links).filter(
      ([, href]) => typeof href === "string" && /^https?:\/\//.test(href),
    );
    return succeed(Object.fromEntries(web));
  }

  /** Who is in a running conference now. */
  async function listParticipants(id: string): Promise<TrueConfResult<Participant[]>> {
    const answer = await api({
      method: "GET",
      route: `${ROUTE}/participants`,
      ids: { id },
      schema: participantsAnswer,
    });
    if (!answer.ok) return answer;
    return succeed(answer.value.participants.map((one) => ({ id: one.id, isOwner: Boolean(one.is_owner) })));
  }

  return {
    createConference: create,
    ensureConference: ensure,
    getConference: get,
    updateConference: update,
    listConferences: list,
    runConference: run,
    stopConference: stop,
    deleteConference: remove,
    getCalendars,
    listParticipants,
  };
}
