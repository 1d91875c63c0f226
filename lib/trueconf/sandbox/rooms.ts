import { randomBytes, randomUUID } from "node:crypto";
import { type EntryRefusal, findEntryRefusal } from "./domain/admission";
import type { Clock } from "./domain/clock";
import type { Conference } from "./domain/conferences";
import type { Session, Sessions } from "./domain/sessions";
import type { Links, Person } from "./links";
import type { Switches } from "./switches";

export type Media = { audio: boolean; video: boolean; screen: boolean };
export type Peer = { id: string; name: string; media: Media };
export type ClosedReason = "stopped" | "replaced";
/** What the server tells a call page. */
export type ServerMessage =
  | { type: "joined"; self: { id: string; name: string }; peers: Peer[]; resume: string; topic: string }
  | { type: "refused"; reason: EntryRefusal }
  | { type: "peer-joined"; peer: Peer }
  | { type: "peer-left"; id: string }
  | { type: "signal"; from: string; data: unknown }
  | ({ type: "media"; from: string } & Media)
  | { type: "closed"; reason: ClosedReason };

/** A way to one call page. */
export type Channel = {
  send(message: ServerMessage): void;
  close(): void;
  /** Breaks the connection as a lost network would. */
  terminate(): void;
};
/** Where a participant came from: a call page, or an account that answered a call, which carries no media. */
export type Participant = {
  /** Of this stay, not of the person: a guest who reloads is somebody new to the others. */
  id: string;
  person: Person;
  conferenceId: string;
  resume: string;
  media: Media;
  /** Epoch seconds. */
  joinedAt: number;
  origin: "page" | "answered";
  channel: Channel | undefined;
  attendance: { session: Session; key: string };
};
export type Claim = { conferenceId: string; login: string; token: string; resume?: string | undefined };

type Dependencies = {
  clock: Clock;
  links: Links;
  sessions: Sessions;
  switches: () => Switches;
  findConference: (id: string) => Conference | undefined;
};

/** Who is in which conference at this moment, and what they tell each other. */
export class Rooms {
  private readonly participants = new Map<string, Participant>();
  private readonly graceTimers = new Map<string, NodeJS.Timeout>();

  constructor(private readonly dependencies: Dependencies) {}

  list(conferenceId?: string): Participant[] {
    const all = [...this.participants.values()];
    return conferenceId === undefined ? all : all.filter((one) => one.conferenceId === conferenceId);
  }

  /** Lets a page in by its link, or back in by the key it was given, and tells everybody. */
  enter(claim: Claim, channel: Channel): Participant | EntryRefusal {
    const returning = this.findReturning(claim);
    if (returning) {
      this.reattach(returning, channel);
      return returning;
    }
    const { links, switches, findConference } = this.dependencies;
    const link = links.verify(claim, { singleUse: switches().singleUseLinks });
    const conference = findConference(claim.conferenceId);
    if (!link || !conference) return "loginFail";

    const same = this.list(conference.id).filter(({ person }) => isSame(person, link.person));
    // Somebody whose connection dropped is not in the way of their own return.
    if (switches().sameGuestId === "refused" && same.some((one) => one.channel)) return "already_joined";
    const others = this.list().filter((one) => !same.includes(one));
    const refusal = findEntryRefusal({ conference, link, others, switches: switches() });
    if (refusal) return refusal;

    for (const one of same) this.close(one, "replaced");
    link.used = true;
    return this.place(conference, link.person, channel, "page");
  }

  /** @returns whether the called account came in: it must be running, with room, and not hold the account already */
  answer(conference: Conference, person: Person): boolean {
    const here = this.list(conference.id);
    if (conference.state !== "running" || here.length >= conference.max_participants) return false;
    if (here.some((one) => isSame(one.person, person))) return false;
    this.place(conference, person, undefined, "answered");
    return true;
  }

  /** Leaves for good: the seat is free at once. */
  leave(participant: Participant): void {
    if (this.participants.get(participant.id) !== participant) return;
    this.forget(participant);
    this.broadcast(participant, { type: "peer-left", id: participant.id });
    this.endEmptySession(participant.conferenceId);
  }

  /** The connection broke: the place is kept for a while. */
  drop(participant: Participant, channel: Channel): void {
    if (participant.channel !== channel) return;
    participant.channel = undefined;
    const timer = setTimeout(
      () => this.leave(participant),
      this.dependencies.switches().reconnectGraceSeconds * 1000,
    );
    timer.unref();
    this.graceTimers.set(participant.id, timer);
  }

  relay(from: Participant, to: string, data: unknown): void {
    const target = this.participants.get(to);
    if (target?.conferenceId === from.conferenceId)
      target.channel?.send({ type: "signal", from: from.id, data });
  }

  setMedia(participant: Participant, media: Media): void {
    participant.media = media;
    this.broadcast(participant, { type: "media", from: participant.id, ...media });
  }

  /** The conference was stopped or deleted: everybody is put out. */
  closeAll(conferenceId: string): void {
    for (const participant of this.list(conferenceId)) this.close(participant, "stopped");
  }

  private place(
    conference: Conference,
    person: Person,
    channel: Channel | undefined,
    origin: Participant["origin"],
  ): Participant {
    const { clock, sessions } = this.dependencies;
    const session = sessions.open(conference);
    const participant: Participant = {
      id: randomUUID(),
      person,
      conferenceId: conference.id,
      resume: randomBytes(24).toString("base64url"),
      media: { audio: false, video: false, screen: false },
      joinedAt: clock.seconds(),
      origin,
      channel,
      attendance: { session, key: sessions.arrive(session, person.id, person.displayName) },
    };
    this.participants.set(participant.id, participant);
    this.welcome(participant);
    if (origin === "page") this.broadcast(participant, { type: "peer-joined", peer: toPeer(participant) });
    return participant;
  }

  private findReturning({ conferenceId, resume }: Claim): Participant | undefined {
    if (!resume) return undefined;
    return this.list(conferenceId).find((one) => one.resume === resume);
  }

  private reattach(participant: Participant, channel: Channel): void {
    this.clearGrace(participant);
    const previous = participant.channel;
    participant.channel = channel;
    // The old connection may be half dead and not know it yet.
    previous?.close();
    this.welcome(participant);
  }

  private welcome(participant: Participant): void {
    const peers = this.list(participant.conferenceId).filter(
      (one) => one !== participant && one.origin === "page",
    );
    participant.channel?.send({
      type: "joined",
      self: { id: participant.id, name: participant.person.displayName },
      peers: peers.map(toPeer),
      resume: participant.resume,
      topic: this.dependencies.findConference(participant.conferenceId)?.topic ?? "",
    });
  }

  private close(participant: Participant, reason: ClosedReason): void {
    const { channel } = participant;
    this.forget(participant);
    channel?.send({ type: "closed", reason });
    channel?.close();
    if (reason === "replaced") this.broadcast(participant, { type: "peer-left", id: participant.id });
  }

  private forget(participant: Participant): void {
    this.clearGrace(participant);
    participant.channel = undefined;
    this.participants.delete(participant.id);
    const { session, key } = participant.attendance;
    this.dependencies.sessions.depart(session, key);
  }

  private clearGrace({ id }: Participant): void {
    clearTimeout(this.graceTimers.get(id));
    this.graceTimers.delete(id);
  }

  /** A virtual room that was never run has a session only while people are in it. */
  private endEmptySession(conferenceId: string): void {
    const running = this.dependencies.findConference(conferenceId)?.state === "running";
    if (!running && this.list(conferenceId).length === 0) this.dependencies.sessions.close(conferenceId);
  }

  private broadcast(from: Participant, message: ServerMessage): void {
    for (const one of this.list(from.conferenceId)) if (one !== from) one.channel?.send(message);
  }
}

const isSame = (a: Person, b: Person): boolean => a.kind === b.kind && a.id === b.id;
const toPeer = ({ id, person, media }: Participant): Peer => ({ id, name: person.displayName, media });
