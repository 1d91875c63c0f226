import type { Clock } from "./domain/clock";

/** One request, without its query: tokens travel there. `status` is 0 when the connection was broken instead. */
export type LoggedRequest = { method: string; path: string; status: number; at: number };

const KEPT = 1000;

/** What was asked of the sandbox lately, for tests that count calls. */
export class RequestLog {
  private entries: LoggedRequest[] = [];

  constructor(private readonly clock: Clock) {}

  /** Notes it as unanswered; the status is filled in when there is one. */
  begin(method: string, path: string): LoggedRequest {
    const entry = { method, path, status: 0, at: this.clock.now() };
    this.entries.push(entry);
    if (this.entries.length > KEPT) this.entries.shift();
    return entry;
  }

  list(): readonly LoggedRequest[] {
    return this.entries;
  }

  clear(): void {
    this.entries = [];
  }
}
