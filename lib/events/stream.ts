import { newToken } from "@/lib/core/ids";
import { logger } from "@/lib/core/logger";
import { isListening, subscribe } from "./listen";
import { registerStream } from "./open-streams";
import { streamTopic, type Topic } from "./topics";

/** Bytes that wait for a slow browser before its changes are held back. */
const ROOM_BYTES = 64 * 1_024;
/** A burst of signals within this time is answered by one read. */
const COALESCE_MS = 20;
const BEAT_MS = 15_000;
/** Beats in a row that found no room, after which the browser is taken for gone. */
const STALLED_BEATS = 3;
/**
 * Beats without a pulse of the browser, after which it is taken for gone. A phone that sleeps or has lost its network closes nothing: the
 * system goes on sending to it for a quarter of an hour. Hidden tabs are slowed down to one pulse a minute.
 */
const SILENT_BEATS = 6;
/** Where the clock changes a state, it is read again shortly after, so that a read never comes a moment too early. */
const AFTER_END_MS = 250;
/** And not more often than this. */
const SHORTEST_LIFE_MS = 1_000;
/** After ten to twelve minutes the browser connects again, so that who it is and what it may see is asked anew. */
const LIFETIME_MS = 10 * 60_000;
const LIFETIME_JITTER_MS = 2 * 60_000;
const RETRY_MS = 2_000;

const HEADERS = {
  "content-type": "text/event-stream; charset=utf-8",
  // `no-transform` keeps compression, which would hold events back, away.
  "cache-control": "private, no-store, no-transform",
  "x-accel-buffering": "no",
  // A connection that outlived its stream would lead back to a server that is stopping.
  connection: "close",
};

/** Something to follow. The snapshot is read again after each signal and must itself ask what its reader may see. */
export type LiveSource = {
  topics: readonly Topic[];
  /** The whole state, as JSON can carry it; `null` once the reader has no right to it any more. */
  snapshot: () => Promise<unknown>;
  /** In how long the state read last ends to be true by the clock alone, which gives no signal; `undefined` for never. */
  endsInMs?: () => number | undefined;
  /** Told once, when nobody follows this here any more: the browser has left, the right to it is gone, the stream has ended. */
  end?: () => void;
};

type Options = {
  /** By position, which is how the events name them; `undefined` for what is not there or not the reader's. */
  sources: readonly (LiveSource | undefined)[];
  /** Aborts when the browser leaves. */
  signal: AbortSignal;
};

/**
 * A stream of states (WHATWG HTML §9.2, server-sent events). Right away and after every change it sends the whole state of each
 * source: `event: state`, data `{"at":0,"state":…}`; or `event: gone`, data `{"at":0}`, after which that one is silent. A comment
 * every 15 seconds says that the stream is alive.
 *
 * Reads are one at a time, bursts share one, equal states are sent once, and a slow browser gets the newest state instead of a
 * queue. The stream ends after some minutes, when nothing is left to follow, when changes cannot be heard, when the browser gives no pulse
 * (`x-live-stream` says under which word; `passPulse`), and when the process stops.
 */
export function sseResponse({ sources, signal }: Options): Response {
  const feed = new Feed(sources);
  if (signal.aborted) feed.close();
  signal.addEventListener("abort", () => feed.close(), { once: true });
  return new Response(feed.body, { headers: { ...HEADERS, "x-live-stream": feed.id } });
}

const encoder = new TextEncoder();
const frame = (event: string, data: string) => encoder.encode(`event: ${event}\ndata: ${data}\n\n`);

class Feed {
  readonly id = newToken();
  readonly body: ReadableStream<Uint8Array>;
  readonly #sources: readonly (LiveSource | undefined)[];
  readonly #unsubscribe = new Map<number, () => void>();
  /** Positions whose state must be read. */
  readonly #dirty = new Set<number>();
  /** What was last made of each position, to drop what says the same. */
  readonly #latest = new Map<number, string>();
  /** Frames that wait for room, the newest of each position only. */
  readonly #waiting = new Map<number, Uint8Array>();
  readonly #timers = new Set<NodeJS.Timeout>();
  /** What ends the state of a position that the clock will change. */
  readonly #ends = new Map<number, NodeJS.Timeout>();
  #controller: ReadableStreamDefaultController<Uint8Array> | undefined;
  #unregister: () => void = () => undefined;
  #reading = false;
  #stalledBeats = 0;
  #silentBeats = 0;
  #endPulse: () => void = () => undefined;

  constructor(sources: readonly (LiveSource | undefined)[]) {
    this.#sources = sources;
    this.body = new ReadableStream<Uint8Array>(
      {
        start: (controller) => this.#start(controller),
        pull: () => {
          this.#flush();
          this.#closeWhenDone();
        },
        cancel: () => this.#release(),
      },
      new ByteLengthQueuingStrategy({ highWaterMark: ROOM_BYTES }),
    );
  }

  close(): void {
    const controller = this.#controller;
    this.#release();
    controller?.close();
  }

  #start(controller: ReadableStreamDefaultController<Uint8Array>): void {
    this.#controller = controller;
    this.#unregister = registerStream(() => this.close());
    this.#endPulse = subscribe([streamTopic(this.id)], () => {
      this.#silentBeats = 0;
    });
    // The headers leave with the first bytes; a state may take its time.
    this.#beat();
    this.#after(LIFETIME_MS + Math.random() * LIFETIME_JITTER_MS, () => this.close());
    for (const [at, source] of this.#sources.entries()) {
      if (source) {
        this.#unsubscribe.set(
          at,
          subscribe(source.topics, () => this.#mark(at)),
        );
        this.#dirty.add(at);
      } else {
        this.#send(at, "gone", { at });
      }
    }
    void this.#read();
  }

  #beat(): void {
    this.#after(BEAT_MS, () => {
      // Without the listening connection this stream would be silent for the wrong reason; a new one begins with a fresh state.
      this.#silentBeats += 1;
      const isGone = this.#stalledBeats >= STALLED_BEATS || this.#silentBeats > SILENT_BEATS;
      if (isGone || !isListening()) this.close();
      else this.#beat();
    });
    const controller = this.#controller;
    if (controller && (controller.desiredSize ?? 0) > 0) {
      this.#stalledBeats = 0;
      controller.enqueue(encoder.encode(":\n\n"));
    } else {
      this.#stalledBeats += 1;
    }
  }

  #mark(at: number): void {
    if (!this.#unsubscribe.has(at)) return;
    if (this.#dirty.size === 0 && !this.#reading) this.#after(COALESCE_MS, () => void this.#read());
    this.#dirty.add(at);
  }

  /** Reads what is dirty until nothing is: a signal that comes during a position's read makes it dirty again. */
  async #read(): Promise<void> {
    if (this.#reading) return;
    this.#reading = true;
    for (const at of this.#dirty) {
      this.#dirty.delete(at);
      await this.#readOne(at);
    }
    this.#reading = false;
    this.#closeWhenDone();
  }

  async #readOne(at: number): Promise<void> {
    try {
      const source = this.#sources[at];
      const state = await source?.snapshot();
      if (!this.#unsubscribe.has(at)) return;
      if (state === null || state === undefined) {
        this.#lose(at);
      } else {
        this.#send(at, "state", { at, state });
        this.#readAgainIn(at, source?.endsInMs?.());
      }
    } catch (error) {
      if (!this.#unsubscribe.has(at)) return;
      logger().warn({ err: error }, "events: a state could not be read, to be tried again");
      this.#after(RETRY_MS * (1 + Math.random()), () => this.#mark(at));
    }
  }

  #readAgainIn(at: number, milliseconds: number | undefined): void {
    this.#forget(this.#ends.get(at));
    this.#ends.delete(at);
    // What lasts longer than this stream is the next one's.
    if (milliseconds === undefined || milliseconds > LIFETIME_MS + LIFETIME_JITTER_MS) return;
    this.#ends.set(
      at,
      this.#after(Math.max(SHORTEST_LIFE_MS, milliseconds + AFTER_END_MS), () => this.#mark(at)),
    );
  }

  #lose(at: number): void {
    this.#unfollow(at);
    this.#send(at, "gone", { at });
  }

  #unfollow(at: number): void {
    const unsubscribe = this.#unsubscribe.get(at);
    if (!unsubscribe) return;
    this.#unsubscribe.delete(at);
    unsubscribe();
    this.#sources[at]?.end?.();
  }

  #send(at: number, event: string, payload: object): void {
    const data = JSON.stringify(payload);
    if (this.#latest.get(at) === data) return;
    this.#latest.set(at, data);
    this.#waiting.set(at, frame(event, data));
    this.#flush();
  }

  #flush(): void {
    const controller = this.#controller;
    if (!controller) return;
    for (const [at, bytes] of this.#waiting) {
      if ((controller.desiredSize ?? 0) <= 0) return;
      this.#waiting.delete(at);
      controller.enqueue(bytes);
    }
  }

  #closeWhenDone(): void {
    if (this.#unsubscribe.size === 0 && this.#waiting.size === 0 && !this.#reading) this.close();
  }

  #after(milliseconds: number, act: () => void): NodeJS.Timeout {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      act();
    }, milliseconds);
    this.#timers.add(timer);
    return timer;
  }

  #forget(timer: NodeJS.Timeout | undefined): void {
    if (!timer) return;
    clearTimeout(timer);
    this.#timers.delete(timer);
  }

  #release(): void {
    this.#controller = undefined;
    this.#unregister();
    this.#endPulse();
    for (const at of [...this.#unsubscribe.keys()]) this.#unfollow(at);
    this.#dirty.clear();
    this.#waiting.clear();
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
  }
}
