import "server-only";
import { systemNow } from "@/lib/core/clock";
import { newId } from "@/lib/core/ids";
import { logger } from "@/lib/core/logger";
import { PRESENCE_BEAT_MS, PRESENCE_GRACE_MS } from "../constants";
import {
  type Attendee,
  beatPresences,
  beginPresence,
  endPresence,
  reapPresences,
} from "../mutations/presence";

type Held = { pages: Map<string, LivePresence>; timer: NodeJS.Timeout };

// One beat for the process, however often a development server evaluates this module.
const holder = globalThis as { __portalPresences?: Held };

/** The presence of whoever follows a visit's live state: begins while the visit is open, ends with the stream. */
export class LivePresence {
  readonly #attendee: Attendee;
  readonly #id = newId();
  #isHeld = false;
  #hasEnded = false;
  /** One after another: an end never overtakes its beginning. */
  #work: Promise<unknown> = Promise.resolve();

  constructor(attendee: Attendee) {
    this.#attendee = attendee;
  }

  /** Told with each state that the stream reads: in a visit that is not open yet, or is over, nobody is present. */
  follow(isOpen: boolean): void {
    // A read that was under way when the stream ended.
    if (this.#hasEnded || isOpen === this.#isHeld) return;
    this.#isHeld = isOpen;
    if (isOpen) this.begin();
    else this.#leave();
  }

  /** The stream has ended. Whoever is back in a moment, by a reload or on a new stream, has not left. */
  end(): void {
    this.#hasEnded = true;
    if (this.#isHeld) setTimeout(() => this.#leave(), PRESENCE_GRACE_MS);
  }

  /** Also when another process has taken this one for dead. */
  begin(): void {
    held().pages.set(this.#id, this);
    this.#do(() => beginPresence(this.#attendee, this.#id, systemNow()));
  }

  #leave(): void {
    const { pages } = held();
    pages.delete(this.#id);
    if (pages.size === 0) rest();
    this.#do(() => endPresence(this.#attendee, this.#id, systemNow()));
  }

  #do(act: () => Promise<unknown>): void {
    this.#work = this.#work.then(act).catch((error) => {
      logger().warn({ err: error }, "visits: a presence could not be written");
    });
  }
}

function held(): Held {
  holder.__portalPresences ??= {
    pages: new Map(),
    timer: setInterval(() => void beat(), PRESENCE_BEAT_MS).unref(),
  };
  return holder.__portalPresences;
}

function rest(): void {
  clearInterval(holder.__portalPresences?.timer);
  holder.__portalPresences = undefined;
}

async function beat(): Promise<void> {
  const pages = new Map(held().pages);
  try {
    const known = await beatPresences([...pages.keys()], systemNow());
    for (const [id, page] of pages) if (!known.has(id) && held().pages.has(id)) page.begin();
    await reapPresences(systemNow());
  } catch (error) {
    logger().warn({ err: error }, "visits: presences could not be kept alive");
  }
}
