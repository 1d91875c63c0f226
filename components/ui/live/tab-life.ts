const lockOf = (tab: string) => `portal-live-tab-2-${tab}`;

/** A tab's sign of life: a lock, which the browser takes away in the moment in which the tab closes, crashes or is killed. */
export class TabLife {
  readonly #locks: LockManager | undefined;
  readonly #tab: string;
  #begun: Promise<void> | undefined;
  #end: () => void = () => undefined;

  constructor(locks: LockManager | undefined, tab: string) {
    this.#locks = locks;
    this.#tab = tab;
  }

  /** Resolves once others can see that the tab lives; at once where the browser has no locks, or forbids them. */
  begin(): Promise<void> {
    this.#begun ??= new Promise((begun) => {
      if (!this.#locks) return begun();
      const held = () => {
        begun();
        return new Promise<void>((end) => {
          this.#end = end;
        });
      };
      this.#locks.request(lockOf(this.#tab), held).catch(() => begun());
    });
    return this.#begun;
  }

  /** The page sleeps, or follows nothing any more: for the others it is gone. */
  end(): void {
    const begun = this.#begun;
    this.#begun = undefined;
    void begun?.then(() => this.#end());
  }
}

/** Watches over the lives of other tabs. */
export class TabWatch {
  readonly #locks: LockManager | undefined;
  readonly #onEnd: (tab: string) => void;
  readonly #watched = new Map<string, AbortController>();

  constructor(locks: LockManager | undefined, onEnd: (tab: string) => void) {
    this.#locks = locks;
    this.#onEnd = onEnd;
  }

  /** Waits in line for the tab's own lock: whoever gets it has outlived the tab. */
  add(tab: string): void {
    if (!this.#locks || this.#watched.has(tab)) return;
    const watch = new AbortController();
    this.#watched.set(tab, watch);
    const over = () => {
      if (this.#watched.get(tab) !== watch) return;
      this.#watched.delete(tab);
      this.#onEnd(tab);
    };
    // Rejects when the watch is ended, which was our wish, and where the browser forbids locks.
    this.#locks.request(lockOf(tab), { signal: watch.signal }, over).catch(() => undefined);
  }

  clear(): void {
    for (const watch of this.#watched.values()) watch.abort();
    this.#watched.clear();
  }
}
