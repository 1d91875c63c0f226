/** The server's own idea of the time, which tests may set wrong: real servers' clocks drift too. */
export class Clock {
  /** How far the sandbox is ahead of the machine; negative when behind. */
  skewMs = 0;

  constructor(private readonly source: () => number) {}

  /** Epoch milliseconds. */
  now(): number {
    return this.source() + this.skewMs;
  }

  /** Epoch seconds, whole, as TrueConf writes instants. */
  seconds(): number {
    return Math.floor(this.now() / 1000);
  }
}
