import "server-only";
import { logger } from "@/lib/core/logger";
import { BEAT_MS } from "../constants";

/** Says that somebody's page is there, as long as a stream follows it. */
export class PageBeat {
  readonly #beat: () => Promise<unknown>;
  #timer: NodeJS.Timeout | undefined;
  #hasEnded = false;

  /** @param beat writes it down */
  constructor(beat: () => Promise<unknown>) {
    this.#beat = beat;
  }

  /** With the first state that the stream reads, and again and again from then on. */
  async start(): Promise<void> {
    // A read that was under way when the stream ended.
    if (this.#timer || this.#hasEnded) return;
    this.#timer = setInterval(() => void this.#write(), BEAT_MS).unref();
    await this.#write();
  }

  end(): void {
    this.#hasEnded = true;
    clearInterval(this.#timer);
  }

  async #write(): Promise<void> {
    try {
      await this.#beat();
    } catch (error) {
      logger().warn({ err: error }, "queue: a page that is there could not be noted");
    }
  }
}
