import { Temporal } from "temporal-polyfill";
import type { ConferenceMethods } from "./conference";
import { fail, succeed, type TrueConfError, type TrueConfResult } from "./errors";
import type { Conference, NewConference } from "./types";

type Methods = Pick<
  ConferenceMethods,
  "createConference" | "getConference" | "listConferences" | "discardConference"
>;

/** So many creations in a row may leave a doubt, and no trace, before it is left to the next call. */
const MAX_DOUBTS = 2;

/** An id of one's own can need a licence (TrueConf API: conference object). Some servers do not name the field they refuse. */
const refusesId = ({ kind, field }: TrueConfError) =>
  kind === "invalid" && (field === undefined || field === "id" || field === "conference_id");

/**
 * Makes sure that exactly one such conference exists, whatever became of earlier tries and however many try at once. Creates it; then,
 * where that leaves a doubt, looks for it by its id and by its own tag, and creates again only if there is neither. With a server
 * that takes our ids, the id is the guard. With one that gives its own, the tag is: of several that were made at once the
 * oldest is kept and the others are removed.
 *
 * One request as a rule; two where the server replaces our id, four where it refuses it.
 *
 * @returns it, with the id that counts. Not ok: the first doubt where it could not be settled (`unclear`), `conflict` for an id that
 *   somebody else's conference has, or what any creation returns
 */
export async function ensureConference(
  methods: Methods,
  wanted: NewConference,
): Promise<TrueConfResult<Conference>> {
  let ownId = true;
  for (let doubts = 0; ; ) {
    const made = await methods.createConference(wanted, { ownId });
    if (made.ok && made.value.id === wanted.id) return made;

    const isIdRefused: boolean = !made.ok && ownId && refusesId(made.error);
    if (!made.ok && made.error.retry !== "unclear" && made.error.kind !== "conflict" && !isIdRefused)
      return made;

    const byId = !made.ok && ownId && !isIdRefused;
    const found = await findMade(methods, wanted, { byId });
    if (found.ok && found.value) return succeed(found.value);
    if (made.ok) return made;
    // The id's refusal is not the last word, so it is not what is said when the rest could not be done.
    if (!found.ok) return isIdRefused ? fail(found.error.kind, "unclear") : made;
    // Somebody else's conference has this id: 128 random bits do not do that, so it is not to be taken over.
    if (made.error.kind === "conflict") return made;
    if (isIdRefused) ownId = false;
    else if (++doubts === MAX_DOUBTS) return made;
  }
}

/** The one that an earlier try made, if any: ours for certain only with our tag. */
async function findMade(
  methods: Methods,
  { id, tags }: NewConference,
  { byId }: { byId: boolean },
): Promise<TrueConfResult<Conference | undefined>> {
  const own = tags.at(-1) ?? tags[0];
  if (byId) {
    const seen = await methods.getConference(id);
    if (seen.ok && seen.value.tags.includes(own)) return seen;
    if (!seen.ok && seen.error.kind !== "not_found") return seen;
  }
  const tagged = await methods.listConferences({ tag: own });
  if (!tagged.ok) return tagged;
  const [kept, ...others] = tagged.value.toSorted(byPrecedence);
  for (const other of others) await methods.discardConference(other.id);
  return succeed(kept);
}

/** One that people may be in, then the oldest, so that all who look keep the same. */
function byPrecedence(a: Conference, b: Conference): number {
  if (a.state !== b.state) return a.state === "running" ? -1 : 1;
  const age = a.createdAt && b.createdAt ? Temporal.Instant.compare(a.createdAt, b.createdAt) : 0;
  return age || (a.id < b.id ? -1 : 1);
}
