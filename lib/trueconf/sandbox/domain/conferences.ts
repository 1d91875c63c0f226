import { randomInt } from "node:crypto";
import type { Switches } from "../switches";
import { type ConferenceFields, conferenceSchema, createSchema, parse, replaceSchema } from "../wire";
import type { Clock } from "./clock";
import { conferenceNotFound, Refusal, refuseParameter } from "./refusal";
import type { User } from "./users";

export type Conference = ReturnType<typeof settleLimits> & {
  id: string;
  state: "running" | "stopped";
  /** Epoch seconds. */
  createdAt: number;
  /** A scheduled conference starts by itself once; whoever ran it by hand has used that up. */
  autoStartSpent: boolean;
};

/** What other rooms of the sandbox do when a conference begins or ends. */
export type Lifecycle = { onStarted(conference: Conference): void; onStopped(conference: Conference): void };

type Dependencies = {
  clock: Clock;
  findUser: (id: string) => User | undefined;
  switches: () => Switches;
  lifecycle: Lifecycle;
};

/** Conferences and the rules of their lives (TrueConf API: conference methods, start rules). */
export class Conferences {
  private readonly conferences = new Map<string, Conference>();

  constructor(private readonly dependencies: Dependencies) {}

  list(): Conference[] {
    return [...this.conferences.values()];
  }

  find(id: string): Conference | undefined {
    return this.conferences.get(id);
  }

  /** @throws Refusal 404 `conferenceNotFound` */
  require(id: string): Conference {
    const conference = this.find(id);
    if (!conference) throw conferenceNotFound(id);
    return conference;
  }

  /** @throws Refusal 400 for a wrong field, an unknown owner, an id in use */
  create(body: unknown): Conference {
    const { id: wanted, state, ...fields } = parse(createSchema, body);
    this.requireOwner(fields.owner);
    const id = this.chooseId(wanted);
    const { clock, switches } = this.dependencies;
    const conference: Conference = {
      ...settleLimits(fields),
      id,
      state: "stopped",
      createdAt: clock.seconds(),
      autoStartSpent: hasBegun(fields, clock.seconds()),
    };
    this.conferences.set(id, conference);
    if (state === "running" && switches().createStartsRunning) this.run(id);
    return conference;
  }

  /** @throws Refusal 400 when anything but the description would change while it runs */
  replace(id: string, body: unknown): Conference {
    const conference = this.require(id);
    const given = settleLimits(parse(replaceSchema, body));
    this.requireOwner(given.owner);
    if (conference.state === "running") {
      const changed = this.changedWhileRunning(conference, given, body);
      if (changed) throw refuseParameter(changed, "conferenceRunning", "Only description may change now");
      conference.description = given.description;
      return conference;
    }
    const kept = this.dependencies.switches().putOmittedFields === "kept";
    const next = kept ? settleLimits(parse(conferenceSchema, { ...conference, ...Object(body) })) : given;
    const now = this.dependencies.clock.seconds();
    if (startOf(next) !== startOf(conference)) conference.autoStartSpent = hasBegun(next, now);
    return Object.assign(conference, next);
  }

  /** @throws Refusal 400 when it runs already and the switch says so, or the licence runs another */
  run(id: string): Conference {
    const conference = this.require(id);
    const { switches, lifecycle } = this.dependencies;
    if (conference.state === "running") {
      if (switches().runWhenRunning === 200) return conference;
      throw new Refusal(400, "conferenceAlreadyRunning", "Conference is running already");
    }
    if (this.licenceIsTaken())
      throw new Refusal(400, "conferenceLimitReached", "The licence runs one conference at a time");
    conference.state = "running";
    conference.autoStartSpent = true;
    lifecycle.onStarted(conference);
    return conference;
  }

  stop(id: string): Conference {
    const conference = this.require(id);
    if (conference.state === "stopped" && this.dependencies.switches().stopWhenStopped === 400)
      throw new Refusal(400, "conferenceNotRunning", "Conference is not running");
    this.end(conference);
    return conference;
  }

  remove(id: string): void {
    const conference = this.require(id);
    if (conference.state === "running" && this.dependencies.switches().deleteWhenRunning === "refused")
      throw new Refusal(400, "conferenceRunning", "Stop the conference first");
    this.end(conference);
    this.conferences.delete(id);
  }

  /** Starts scheduled conferences whose time has come. A conference does not end by itself, whoever leaves. */
  startDue(): void {
    const { clock, switches } = this.dependencies;
    const { autoStart, autoStartDelaySeconds } = switches();
    if (!autoStart) return;
    for (const conference of this.conferences.values()) {
      if (conference.state === "running" || conference.autoStartSpent || this.licenceIsTaken()) continue;
      const start = startOf(conference);
      if (start !== undefined && start + autoStartDelaySeconds <= clock.seconds()) this.run(conference.id);
    }
  }

  clear(): void {
    for (const conference of this.conferences.values()) this.end(conference);
    this.conferences.clear();
  }

  private end(conference: Conference): void {
    conference.state = "stopped";
    // Also when it never ran: a virtual room can hold people while it says "stopped".
    this.dependencies.lifecycle.onStopped(conference);
  }

  private licenceIsTaken(): boolean {
    return (
      this.dependencies.switches().singleRunningConference &&
      this.list().some(({ state }) => state === "running")
    );
  }

  private requireOwner(owner: string): void {
    if (!this.dependencies.findUser(owner))
      throw refuseParameter("owner", "userNotFound", `User '${owner}' is not found.`);
  }

  private chooseId(wanted: string | undefined): string {
    const { ownConferenceId, duplicateConferenceId } = this.dependencies.switches();
    if (wanted === undefined || ownConferenceId === "replaced") return this.generateId();
    if (ownConferenceId === "refused")
      throw refuseParameter("id", "forbiddenValue", "The licence does not allow an id of one's own");
    if (!this.conferences.has(wanted)) return wanted;
    if (duplicateConferenceId === "overwritten") {
      this.remove(wanted);
      return wanted;
    }
    throw new Refusal(
      duplicateConferenceId === "refused" ? 400 : 409,
      "uniqueValueAlreadyInUse",
      `Conference '${wanted}' exists already.`,
      { locationType: "parameter", location: "id" },
    );
  }

  private generateId(): string {
    const id = String(randomInt(1_000_000_000, 10_000_000_000));
    return this.conferences.has(id) ? this.generateId() : id;
  }

  /** The first field of the request, other than the description, whose value differs from what is stored. */
  private changedWhileRunning(stored: Conference, given: ConferenceFields, body: unknown) {
    const named = new Set(Object.keys(Object(body)));
    const keys = Object.keys(given) as (keyof ConferenceFields)[];
    return keys.find(
      (key) =>
        key !== "description" && named.has(key) && JSON.stringify(given[key]) !== JSON.stringify(stored[key]),
    );
  }
}

/** The limits in effect: within what the type allows, and podiums derived in two of the three modes, whatever was written. */
function settleLimits(fields: ConferenceFields) {
  const { type, max_participants, max_podiums } = fields;
  const allowed = type === 3 ? 250 : 49;
  const participants = Math.min(max_participants ?? allowed, allowed);
  const podiums = type === 0 ? participants : type === 1 ? 1 : (max_podiums ?? participants);
  return { ...fields, max_participants: participants, max_podiums: podiums };
}

/** Epoch seconds of a one-time conference's start. */
export const startOf = ({ schedule }: Pick<ConferenceFields, "schedule">): number | undefined =>
  schedule.type === 1 ? schedule.start_time : undefined;

/** One whose start lay in the past when it was written is not started afterwards. */
function hasBegun(fields: Pick<ConferenceFields, "schedule">, nowSeconds: number): boolean {
  const start = startOf(fields);
  return start !== undefined && start < nowSeconds;
}
