import { randomUUID } from "node:crypto";
import type { Clock } from "./clock";

/** One person's stay in a session. Instants in epoch seconds. */
export type Attendance = {
  callId: string;
  displayName: string;
  joinedAt: number;
  leftAt: number | null;
};
/** One run of a conference, kept after the conference is gone: the proof of who was there. */
export type Session = {
  id: string;
  conferenceId: string;
  topic: string;
  owner: string;
  type: number;
  startedAt: number;
  endedAt: number | null;
  attendances: Map<string, Attendance>;
};

/** The log of calls (TrueConf API: logs). `endedAt` null means running. */
export class Sessions {
  private readonly sessions: Session[] = [];

  constructor(
    private readonly clock: Clock,
    private readonly host: () => string,
  ) {}

  list(): readonly Session[] {
    return this.sessions;
  }

  find(id: string): Session | undefined {
    return this.sessions.find((session) => session.id === id);
  }

  current(conferenceId: string): Session | undefined {
    return this.sessions.find((session) => session.conferenceId === conferenceId && session.endedAt === null);
  }

  /** The running session, begun now if there is none. */
  open(conference: { id: string; topic: string; owner: string; type: number }): Session {
    const running = this.current(conference.id);
    if (running) return running;
    const number = (this.sessions.length + 1).toString(16).padStart(8, "0");
    const session: Session = {
      id: `${number}@${this.host()}#vcs`,
      conferenceId: conference.id,
      topic: conference.topic,
      owner: conference.owner,
      type: conference.type,
      startedAt: this.clock.seconds(),
      endedAt: null,
      attendances: new Map(),
    };
    this.sessions.push(session);
    return session;
  }

  close(conferenceId: string): void {
    const session = this.current(conferenceId);
    if (!session) return;
    session.endedAt = this.clock.seconds();
    for (const attendance of session.attendances.values()) attendance.leftAt ??= session.endedAt;
  }

  /** Notes an arrival; returns the key under which the departure is noted. */
  arrive(session: Session, callId: string, displayName: string): string {
    const key = randomUUID();
    session.attendances.set(key, { callId, displayName, joinedAt: this.clock.seconds(), leftAt: null });
    return key;
  }

  depart(session: Session, key: string): void {
    const attendance = session.attendances.get(key);
    if (attendance) attendance.leftAt ??= this.clock.seconds();
  }

  clear(): void {
    this.sessions.length = 0;
  }
}
