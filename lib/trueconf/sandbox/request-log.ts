import type { Clock } from "./domain/clock";

/**
 * One request. The query is without the token that travels in it, and credentials' own body is not kept. `status` is 0 when the
 * connection was broken instead.
 */
export type LoggedRequest = {
  method: string;
  path: string;
  query: Readonly<Record<string, string>>;
  /** What was sent as JSON, as it was; empty otherwise. */
  body: string;
  status: number;
  at: number;
};

const KEPT = 1000;

/** What was asked of the sandbox lately, for tests that count calls, and that look for what TrueConf must not be told. */
export class RequestLog {
  private entries: LoggedRequest[] = [];

  constructor(private readonly clock: Clock) {}

  /** Notes it as unanswered; the status is filled in when there is one. */
  begin({ query, ...request }: Pick<LoggedRequest, "method" | "path" | "query" | "body">): LoggedRequest {
    const { access_token: _token, ...shown } = query;
    const entry = { ...request, query: shown, status: 0, at: this.clock.now() };
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
