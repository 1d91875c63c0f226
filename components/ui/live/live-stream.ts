import type { StreamStatus } from "./messages";
import { createSseParser } from "./sse-parser";
import { type News, type Want, wantId } from "./types";

/** The server speaks every 15 seconds; after this silence the connection is dead, whatever TCP believes. */
const SILENCE_MS = 40_000;
/** Silence that is suspicious enough for a fresh connection when somebody has just come back to the page. */
const DOUBT_MS = 20_000;
/** A stream that held this long ended for a good reason: its time was up, or the server made way. */
const STEADY_MS = 5_000;
/** How often the portal is told that somebody still reads: it takes a browser that says nothing for 90 seconds for gone. */
const PULSE_MS = 25_000;
const FIRST_PAUSE_MS = 1_000;
const LAST_PAUSE_MS = 20_000;

type Ports = {
  /** Asked before each connection. */
  wants: () => readonly Want[];
  onNews: (news: News) => void;
  onStatus: (status: Exclude<StreamStatus, "connecting">) => void;
  fetch?: typeof fetch;
};

/** One stream at a time: opens it, watches over it, and opens it again when it is lost. */
export class LiveStream {
  readonly #ports: Ports;
  #life = new AbortController();
  #connection = new AbortController();
  #heardAt = 0;
  #endPause: () => void = () => undefined;

  constructor(ports: Ports) {
    this.#ports = ports;
  }

  /** Opens the stream, or opens it anew for what is wanted now. The server begins with whole states, so nothing is lost between. */
  open(): void {
    this.close();
    this.#life = new AbortController();
    void this.#run(this.#life.signal);
  }

  close(): void {
    this.#life.abort();
    this.#connection.abort();
    this.#endPause();
  }

  /** Somebody is looking, or the network is back: no more waiting, and no trust in a connection that has been silent. */
  nudge(): void {
    if (Date.now() - this.#heardAt > DOUBT_MS) this.interrupt();
    else this.#endPause();
  }

  /** Tries the connection by making it again. */
  interrupt(): void {
    this.#endPause();
    this.#connection.abort();
  }

  async #run(life: AbortSignal): Promise<void> {
    let failures = 0;
    while (!life.aborted) {
      const openedAt = Date.now();
      const outcome = await this.#connect(life);
      if (life.aborted || outcome === "finished") return;
      const steady = Date.now() - openedAt > STEADY_MS;
      if (outcome === "ended" && steady) {
        failures = 0;
      } else {
        failures = steady ? 1 : failures + 1;
        this.#ports.onStatus(navigator.onLine === false ? "offline" : "reconnecting");
      }
      // All browsers lose a server that restarts in the same moment; they must not come back in the same.
      await this.#pause(Math.random() * Math.min(LAST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** failures));
    }
  }

  /** @returns `finished` when every want is gone, so that there is nothing to connect for */
  async #connect(life: AbortSignal): Promise<"ended" | "failed" | "finished"> {
    const wants = this.#ports.wants();
    if (wants.length === 0) return "finished";
    const open = new Map(wants.entries());
    const connection = new AbortController();
    this.#connection = connection;
    let watchdog: ReturnType<typeof setTimeout> | undefined;
    let pulse: ReturnType<typeof setInterval> | undefined;
    const heard = () => {
      this.#heardAt = Date.now();
      clearTimeout(watchdog);
      watchdog = setTimeout(() => connection.abort(), SILENCE_MS);
    };
    const answered = new Set<number>();
    const parse = createSseParser(({ name, data }) => {
      const { at, state } = JSON.parse(data) as { at: number; state?: unknown };
      const want = open.get(at);
      if (!want || life.aborted) return;
      if (name === "gone") open.delete(at);
      this.#ports.onNews({ id: wantId(want), gone: name === "gone", state });
      if (answered.size < wants.length && answered.add(at).size === wants.length)
        this.#ports.onStatus("live");
    });
    heard();
    try {
      const response = await (this.#ports.fetch ?? fetch)("/api/live", {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ keys: wants }),
        cache: "no-store",
        signal: connection.signal,
      });
      if (!response.ok || !response.body) return "failed";
      const stream = response.headers.get("x-live-stream");
      if (stream) pulse = setInterval(() => this.#sayHere(stream, connection.signal), PULSE_MS);
      const reader = response.body.getReader();
      const decoder = new TextDecoder();
      for (;;) {
        const { done, value } = await reader.read();
        if (done) return open.size === 0 ? "finished" : "ended";
        heard();
        parse(decoder.decode(value, { stream: true }));
      }
    } catch {
      // A lost network, an abort and a broken answer all mean the same: connect again.
      return "failed";
    } finally {
      clearTimeout(watchdog);
      clearInterval(pulse);
      connection.abort();
    }
  }

  /** Lost ones do no harm: there is another one before the portal misses it. */
  #sayHere(stream: string, signal: AbortSignal): void {
    const body = JSON.stringify({ stream });
    const headers = { "content-type": "application/json" };
    (this.#ports.fetch ?? fetch)("/api/live/here", { method: "POST", headers, body, signal }).catch(
      () => undefined,
    );
  }

  #pause(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      this.#endPause = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
