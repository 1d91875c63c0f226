import { setTimeout as delay } from "node:timers/promises";
import { Temporal } from "temporal-polyfill";
import { acceptCalendarLinks } from "./calendars";
import { creationBody, replacementBody, showsChange } from "./conference-body";
import { fail, succeed, type TrueConfResult } from "./errors";
import type { Api } from "./transport/api";
import type { CalendarLinks, Conference, ConferenceChange, NewConference, Participant } from "./types";
import {
  calendarsAnswer,
  conferenceAnswer,
  conferencesAnswer,
  type ListedConference,
  participantsAnswer,
  stateAnswer,
  type WireConference,
  wholeConferenceAnswer,
} from "./wire";

const ROUTE = "/conferences/{id}";
const PAGE_SIZE = 200;
const MAX_PAGES = 50;

/** A server may need a moment until its answers show what it has begun. */
const LOOKS = 3;
const LOOK_AGAIN_MS = 300;

const toConference = ({ id, state, tags, created_at, recording }: ListedConference): Conference => ({
  id,
  state,
  tags: tags ?? [],
  createdAt:
    created_at === undefined
      ? undefined
      : Temporal.Instant.fromEpochMilliseconds(Math.floor(created_at) * 1000),
  recording: recording === undefined ? undefined : Boolean(recording),
});

type Filter = { tag?: string; state?: "running" | "stopped" };
type Surroundings = {
  /** TrueConf's own origins, where its calendar links may lead. */
  origins: readonly string[];
  sleep?: ((ms: number) => Promise<unknown>) | undefined;
};

/**
 * The methods on conferences (TrueConf API: conference methods). They return the failures of {@link TrueConfResult}; each docstring
 * says what repeating does and which failures have a meaning of their own.
 */
export function conferenceMethods(api: Api, { origins, sleep = delay }: Surroundings) {
  const read = (id: string) => api({ method: "GET", route: ROUTE, ids: { id }, schema: conferenceAnswer });

  async function get(id: string): Promise<TrueConfResult<Conference>> {
    const answer = await read(id);
    return answer.ok ? succeed(toConference(answer.value.conference)) : answer;
  }

  /**
   * Creates; never repeated by itself. `configuration`: the server did not take up what matters, and what it made has been removed
   * again. `conflict`: the id is in use.
   *
   * @param ownId false leaves the choice of the id to the server
   */
  async function create(
    wanted: NewConference,
    { ownId = true }: { ownId?: boolean } = {},
  ): Promise<TrueConfResult<Conference>> {
    const body = creationBody(wanted, { ownId });
    const answer = await api({ method: "POST", route: "/conferences", body, schema: conferenceAnswer });
    if (!answer.ok) return answer;
    const seen = await readBack(answer.value.conference);
    if (!seen.ok) return fail(seen.error.kind, "unclear");
    const { allow_guests, recording, tags = [] } = seen.value;
    if (allow_guests && !recording && wanted.tags.every((tag) => tags.includes(tag)))
      return succeed(toConference(seen.value));
    await discard(seen.value.id);
    return fail("configuration", "never");
  }

  /** A 200 does not prove that a field took effect: where the answer does not show it, it is asked for. */
  async function readBack(answered: WireConference): Promise<TrueConfResult<WireConference>> {
    if (answered.allow_guests !== undefined && answered.tags !== undefined) return succeed(answered);
    const answer = await read(answered.id);
    return answer.ok ? succeed(answer.value.conference) : answer;
  }

  /**
   * All of them, whatever the number of pages. Refuses rather than to answer with a part: `configuration` for more than can be
   * read, `malformed` when the pages repeat themselves.
   */
  async function list(filter: Filter = {}): Promise<TrueConfResult<Conference[]>> {
    const found = new Map<string, ListedConference>();
    for (let page = 1; page <= MAX_PAGES; page += 1) {
      const query = { ...filter, page_id: String(page), page_size: String(PAGE_SIZE) };
      const answer = await api({ method: "GET", route: "/conferences", query, schema: conferencesAnswer });
      if (!answer.ok) return answer;
      const { cnt, conferences } = answer.value;
      const before = found.size;
      for (const one of conferences) found.set(one.id, one);
      if (conferences.length === 0 || found.size >= cnt) return succeed(select(found, filter));
      if (found.size === before) return fail("malformed", "safe");
    }
    return fail("configuration", "never");
  }

  /**
   * Runs it, and looks whether it runs: the answer alone is no proof. One that ran already is as good, so it may be repeated.
   * `server_error`: the server says so and does not show it. `limit`: the licence runs no more at once.
   */
  async function run(id: string): Promise<TrueConfResult<Conference>> {
    const route = `${ROUTE}/run`;
    const answer = await api({ method: "POST", route, ids: { id }, schema: stateAnswer, repeat: "always" });
    if (!answer.ok && answer.error.kind !== "invalid") return answer;
    for (let look = 1; ; look += 1) {
      const seen = await get(id);
      if (!seen.ok || seen.value.state === "running") return seen;
      if (!answer.ok) return answer;
      if (look === LOOKS) return fail("server_error", "unclear");
      await sleep(LOOK_AGAIN_MS);
    }
  }

  /** Stops it: everybody inside is put out. One that is stopped already is as good, so it may be repeated. */
  async function stop(id: string): Promise<TrueConfResult<undefined>> {
    const answer = await api({ method: "POST", route: `${ROUTE}/stop`, ids: { id }, repeat: "always" });
    if (answer.ok) return succeed(undefined);
    if (answer.error.kind !== "invalid") return answer;
    const seen = await get(id);
    return seen.ok && seen.value.state === "stopped" ? succeed(undefined) : answer;
  }

  /** Deletes it. Servers answer 200 with the id or 204 with nothing; one that is gone is done, so it may be repeated. */
  async function remove(id: string): Promise<TrueConfResult<undefined>> {
    const answer = await api({ method: "DELETE", route: ROUTE, ids: { id }, repeat: "always" });
    return answer.ok || answer.error.kind === "not_found" ? succeed(undefined) : answer;
  }

  /** Removes what must not be left over, as far as the server lets it. */
  async function discard(id: string): Promise<void> {
    await stop(id);
    await remove(id);
  }

  /**
   * Changes it by sending the whole conference back with the change in it, so that of two changes at once one may be lost.
   * `invalid`: it is running, and then only its description can change. `configuration`: the server did not take the change up.
   */
  async function update(id: string, change: ConferenceChange): Promise<TrueConfResult<undefined>> {
    const whole = await api({ method: "GET", route: ROUTE, ids: { id }, schema: wholeConferenceAnswer });
    if (!whole.ok) return whole;
    const answer = await api({
      method: "PUT",
      route: ROUTE,
      ids: { id },
      body: replacementBody(whole.value.conference, change),
      schema: wholeConferenceAnswer,
      repeat: "always",
    });
    if (!answer.ok) return answer;
    return showsChange(answer.value.conference, change) ? succeed(undefined) : fail("configuration", "never");
  }

  /** For how many people there is room; nothing where the server does not say. */
  async function readMaxParticipants(id: string): Promise<TrueConfResult<number | undefined>> {
    const whole = await api({ method: "GET", route: ROUTE, ids: { id }, schema: wholeConferenceAnswer });
    if (!whole.ok) return whole;
    const { max_participants: max } = whole.value.conference;
    return succeed(typeof max === "number" ? max : undefined);
  }

  /** The links that TrueConf offers for calendars, as far as they lead where they say. */
  async function getCalendars(id: string): Promise<TrueConfResult<CalendarLinks>> {
    const route = `${ROUTE}/calendars`;
    const answer = await api({ method: "GET", route, ids: { id }, schema: calendarsAnswer });
    return answer.ok ? succeed(acceptCalendarLinks(answer.value, origins)) : answer;
  }

  /** Who is in a running conference now; of a stopped one, nobody. */
  async function listParticipants(id: string): Promise<TrueConfResult<Participant[]>> {
    const route = `${ROUTE}/participants`;
    const answer = await api({ method: "GET", route, ids: { id }, schema: participantsAnswer });
    if (!answer.ok) return answer;
    return succeed(answer.value.participants.map((one) => ({ id: one.id, isOwner: Boolean(one.is_owner) })));
  }

  /** Calls an account into a running conference: its apps ring. `not_found` for an account or a conference that is not there. */
  async function callIn(id: string, account: string): Promise<TrueConfResult<undefined>> {
    const route = `${ROUTE}/participants`;
    const answer = await api({ method: "POST", route, ids: { id }, body: { participant_id: account } });
    return answer.ok ? succeed(undefined) : answer;
  }

  return {
    createConference: create,
    getConference: get,
    updateConference: update,
    readMaxParticipants,
    listConferences: list,
    runConference: run,
    stopConference: stop,
    deleteConference: remove,
    discardConference: discard,
    getCalendars,
    listParticipants,
    callIn,
  };
}
export type ConferenceMethods = ReturnType<typeof conferenceMethods>;

/** A server that does not know the filter returns everything. */
const select = (found: ReadonlyMap<string, ListedConference>, { tag, state }: Filter): Conference[] =>
  [...found.values()]
    .map(toConference)
    .filter((one) => tag === undefined || one.tags.includes(tag))
    .filter((one) => state === undefined || one.state === state);
