const LOCK = "portal-live-2";

type Ports = { locks: LockManager | undefined; onWon: () => void; onLost: () => void };

/**
 * Decides which tab of the browser leads: whoever holds the lock. When that tab closes, crashes or steps down, the next in the queue has it
 * at once. Where there are no locks, each tab leads itself.
 */
export class Leadership {
  readonly #ports: Ports;
  /** The present stay in the queue or in office; what a former one still says is ignored. */
  #stay: { release: () => void } | undefined;
  #leads = false;

  constructor(ports: Ports) {
    this.#ports = ports;
  }

  get leads(): boolean {
    return this.#leads;
  }

  /** Queues for the lead; nothing happens when this tab already does. */
  join(): void {
    if (!this.#stay) this.#enter(false);
  }

  /** Takes the lead from a tab that does not answer: a suspended page keeps its lock and reads no stream. */
  seize(): void {
    this.leave();
    this.#enter(true);
  }

  /** Steps down, or leaves the queue. */
  leave(): void {
    this.#leads = false;
    const stay = this.#stay;
    this.#stay = undefined;
    stay?.release();
  }

  #enter(steal: boolean): void {
    const queue = new AbortController();
    const stay = { release: () => queue.abort() };
    this.#stay = stay;
    let granted = false;
    const lead = () =>
      new Promise<void>((resolve) => {
        if (this.#stay !== stay) return resolve();
        granted = true;
        stay.release = resolve;
        this.#leads = true;
        this.#ports.onWon();
      });
    const { locks } = this.#ports;
    if (!locks) {
      void lead();
      return;
    }
    // Rejects when the queue is left, which was our wish; when another tab seizes the lead; and where the browser forbids locks.
    const over = () => {
      if (this.#stay !== stay) return;
      if (!granted) return void lead();
      this.leave();
      this.#ports.onLost();
    };
    locks.request(LOCK, steal ? { steal } : { signal: queue.signal }, lead).then(over, over);
  }
}
