import { findCalled, releaseUsers, ringUsers } from "./domain/calls";
import { Clock } from "./domain/clock";
import { Conferences } from "./domain/conferences";
import { Sessions } from "./domain/sessions";
import { Tokens } from "./domain/tokens";
import { Users } from "./domain/users";
import { Faults } from "./faults";
import { Links } from "./links";
import { RequestLog } from "./request-log";
import { Rooms } from "./rooms";
import { defaultSwitches, type Switches } from "./switches";

export type SandboxOptions = {
  /** 0 or absent: any free one. */
  port?: number;
  /** Who may frame the call page and hear its messages. */
  portalOrigins?: readonly string[];
  guestSeats?: number;
  clientId: string;
  clientSecret: string;
  /** The id of the account that owns the conferences. */
  owner: string;
  /** Taken in the place of an access token, without expiry. */
  secretKey?: string;
  /** Epoch milliseconds. */
  now?: () => number;
  tls?: { cert: string | Buffer; key: string | Buffer };
};

/** All that the sandbox remembers; nothing is written to disk. */
export class SandboxState {
  /** Known once the server listens. */
  url = "";
  readonly clock: Clock;
  readonly faults = new Faults();
  readonly requests: RequestLog;
  readonly tokens: Tokens;
  readonly links: Links;
  readonly sessions: Sessions;
  readonly conferences: Conferences;
  readonly rooms: Rooms;
  users: Users;
  switches: Switches;

  constructor(readonly options: SandboxOptions) {
    this.clock = new Clock(options.now ?? Date.now);
    this.requests = new RequestLog(this.clock);
    this.switches = defaultSwitches(options.guestSeats ?? 1);
    this.users = new Users(options.owner);
    const switches = () => this.switches;
    this.tokens = new Tokens(this.clock, switches, options.secretKey);
    this.links = new Links(this.clock);
    this.sessions = new Sessions(this.clock, () => this.hostname);
    this.conferences = new Conferences({
      clock: this.clock,
      findUser: (id) => this.users.find(id),
      switches,
      lifecycle: {
        onStarted: (conference) => {
          this.sessions.open(conference);
          ringUsers(this, conference, findCalled(this, conference));
        },
        onStopped: ({ id }) => {
          releaseUsers(this, id);
          this.rooms.closeAll(id);
          this.sessions.close(id);
        },
      },
    });
    this.rooms = new Rooms({
      clock: this.clock,
      links: this.links,
      sessions: this.sessions,
      switches,
      findConference: (id) => this.conferences.find(id),
    });
  }

  get hostname(): string {
    return this.url ? new URL(this.url).hostname : "sandbox";
  }

  get portalOrigins(): readonly string[] {
    return this.options.portalOrigins ?? [];
  }

  /** Back to the beginning: nobody inside, no conferences, every switch in its first position. */
  reset(): void {
    this.conferences.clear();
    this.links.clear();
    this.sessions.clear();
    this.tokens.expireAll();
    this.faults.clear();
    this.requests.clear();
    this.clock.skewMs = 0;
    this.users = new Users(this.options.owner);
    this.switches = defaultSwitches(this.options.guestSeats ?? 1);
  }
}
