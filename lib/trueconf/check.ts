import { Temporal } from "temporal-polyfill";
import { newConferenceId } from "@/lib/core/ids";
import type { ConferenceMethods } from "./conference";
import { ensureConference } from "./ensure";
import { succeed, type TrueConfErrorKind, type TrueConfResult } from "./errors";
import type { linkMethods } from "./link";
import type { Api } from "./transport/api";
import type { NewConference, ServerCheck, TrueConfUser } from "./types";
import { conferencesAnswer } from "./wire";

/** Marks what is made only to be deleted, so that a check that was cut off is tidied up by a later one. */
const CHECK_TAG = "portal-check";
/** Younger ones may be another process's, in use at this moment. */
const LEFT_OVER_AFTER = { hours: 1 };
/** So far ahead that nothing starts by itself before it has been deleted. */
const AHEAD_DAYS = 300;

/** Answers that come from a TrueConf which was reached, and leave only the question of what it lets us do. */
const REACHED: readonly TrueConfErrorKind[] = ["unauthorized", "forbidden"];

type Means = {
  api: Api;
  conferences: ConferenceMethods;
  links: ReturnType<typeof linkMethods>;
  getUser: (id: string) => Promise<TrueConfResult<TrueConfUser>>;
  /** Epoch milliseconds. */
  now: () => number;
  clockSkewMs: () => number;
};

/**
 * What a clinic's server must have before patients rely on it, each by name: it answers over a trusted connection, gives a token, has
 * the owner's account, lets a conference with guests be made, and names the web client in a guest's link. Its clock should be right.
 *
 * The last two cannot be asked for: a conference for a far day is made for it, with a random id and nobody's name, and deleted at
 * once. Nobody is called, nothing is started.
 */
export async function checkServer(means: Means, owner: string): Promise<ServerCheck[]> {
  const { api, conferences, links, getUser } = means;
  const listed = await api({
    method: "GET",
    route: "/conferences",
    query: { page_size: "1" },
    schema: conferencesAnswer,
  });
  const isReached = listed.ok || REACHED.includes(listed.error.kind);
  if (!isReached) return [checkOf("connection", listed)];
  // Only credentials that are not accepted answer so; a missing scope is the next checks' matter.
  const hasToken = listed.ok || listed.error.kind !== "unauthorized";
  const checks = [passed("connection"), hasToken ? passed("token") : checkOf("token", listed)];
  if (!hasToken) return checks;

  const user = await getUser(owner);
  const now = Temporal.Instant.fromEpochMilliseconds(Math.floor(means.now()));
  await removeLeftOver(conferences, now);
  const made = await ensureConference(conferences, probe(owner, now));
  // Reading users is a scope of its own, which the portal can do without: the creation tells as well.
  const isKnown = user.ok || (user.error.kind === "forbidden" && made.ok);
  checks.push(isKnown ? passed("owner") : checkOf("owner", user), checkClock(means), checkOf("guests", made));
  if (!made.ok) return checks;

  const { id } = made.value;
  const guest = { conferenceId: id, guestId: "portal_check", displayName: "Check", lang: "en" };
  checks.push(checkOf("web_client", await links.mintGuestLink(guest)));
  await conferences.deleteConference(id);
  return checks;
}

function checkClock({ clockSkewMs }: Means): ServerCheck {
  const skewMs = clockSkewMs();
  return {
    name: "clock",
    ok: skewMs === 0,
    ...(skewMs === 0 ? {} : { skewSeconds: Math.round(skewMs / 1000) }),
  };
}

const passed = (name: ServerCheck["name"]): ServerCheck => checkOf(name, succeed(undefined));
const checkOf = (name: ServerCheck["name"], result: TrueConfResult<unknown>): ServerCheck =>
  result.ok ? { name, ok: true } : { name, ok: false, kind: result.error.kind };

function probe(owner: string, now: Temporal.Instant): NewConference {
  const id = newConferenceId();
  return {
    id,
    topic: "Portal check",
    owner,
    schedule: { startAt: now.add({ hours: 24 * AHEAD_DAYS }), durationMinutes: 10 },
    maxParticipants: 2,
    tags: ["portal", CHECK_TAG, `${CHECK_TAG}-${id}`],
  };
}

async function removeLeftOver(
  { listConferences, deleteConference }: ConferenceMethods,
  now: Temporal.Instant,
): Promise<void> {
  const before = now.subtract(LEFT_OVER_AFTER);
  const tagged = await listConferences({ tag: CHECK_TAG });
  for (const { id, createdAt } of tagged.ok ? tagged.value : []) {
    if (createdAt && Temporal.Instant.compare(createdAt, before) < 0) await deleteConference(id);
  }
}
