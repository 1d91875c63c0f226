const RETRY_MS = [250, 500, 1000, 2000, 3000];
/** Longer than the server keeps a place; after that only a fresh link helps. */
const GIVE_UP_AFTER_MS = 45_000;

/**
 * The page's connection to the server. It comes back by itself after a short drop, into the same place, by the key that the first
 * entry was answered with.
 */
export class Signalling {
  #claim;
  #handlers;
  #socket;
  #resume;
  #droppedAt = 0;
  #attempts = 0;
  #timer;
  #finished = false;

  /**
   * @param {{ conference: string, login: string, token: string }} claim
   * @param {{
   *   onMessage: (message: { type: string, [key: string]: any }) => void,
   *   onDrop: () => void,
   *   onLost: () => void,
   * }} handlers `onDrop` at the beginning of a gap, `onLost` when it stays
   */
  constructor(claim, handlers) {
    this.#claim = claim;
    this.#handlers = handlers;
    this.#connect();
    window.addEventListener("online", () => this.#retryNow());
    // Said aloud, the seat is free at once; a connection that merely breaks keeps it for a while.
    window.addEventListener("pagehide", () => this.leave());
  }

  /** What is said while there is no connection is lost; whoever comes back says anew what matters. */
  send(message) {
    if (this.#socket.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(message));
  }

  /** Leaves for good. */
  leave() {
    this.send({ type: "leave" });
    this.#finish();
  }

  #connect() {
    const scheme = location.protocol === "https:" ? "wss:" : "ws:";
    const socket = new WebSocket(`${scheme}//${location.host}/_call/ws`);
    this.#socket = socket;
    socket.addEventListener("open", () => {
      const resume = this.#resume ? { resume: this.#resume } : {};
      socket.send(JSON.stringify({ type: "join", ...this.#claim, ...resume }));
    });
    socket.addEventListener("message", ({ data }) => this.#receive(JSON.parse(data)));
    socket.addEventListener("close", () => {
      if (socket === this.#socket) this.#scheduleRetry();
    });
  }

  #receive(message) {
    if (this.#finished) return;
    if (message.type === "joined") {
      this.#resume = message.resume;
      this.#droppedAt = 0;
      this.#attempts = 0;
    }
    if (message.type === "refused" || message.type === "closed") this.#finish();
    this.#handlers.onMessage(message);
  }

  #scheduleRetry() {
    if (this.#finished) return;
    if (this.#droppedAt === 0) {
      this.#droppedAt = performance.now();
      this.#handlers.onDrop();
    }
    if (performance.now() - this.#droppedAt > GIVE_UP_AFTER_MS) {
      this.#finish();
      this.#handlers.onLost();
      return;
    }
    const wait = RETRY_MS[Math.min(this.#attempts++, RETRY_MS.length - 1)];
    this.#timer = setTimeout(() => this.#connect(), wait);
  }

  #retryNow() {
    if (this.#finished || this.#droppedAt === 0) return;
    clearTimeout(this.#timer);
    // Whatever was being tried over the old network is given up; its end is not waited for.
    const stale = this.#socket;
    this.#connect();
    stale.close();
  }

  #finish() {
    this.#finished = true;
    clearTimeout(this.#timer);
    this.#socket.close();
  }
}
