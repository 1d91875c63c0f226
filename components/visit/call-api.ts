import type { SeatsDto } from "@/lib/visits/types/seats";
import type { JoinAnswer, JoinRefusal, StartAnswer, VisitState } from "@/lib/visits/types/visit";

/** What a call to the portal can end with: its value, a named refusal, or no answer at all. */
export type Answer<T> =
  | { kind: "ok"; value: T }
  | { kind: "refused"; reason: JoinRefusal | "not_found" | "too_many_attempts" | "unknown" }
  | { kind: "offline" };

type Calls = {
  join: JoinAnswer;
  start: StartAnswer;
  entry: Record<never, never>;
  seats: SeatsDto;
  arrive: VisitState;
  end: Record<never, never>;
  check: Record<never, never>;
  "call-again": Record<never, never>;
};

const REASONS = new Set<string>([
  "not_started",
  "ended",
  "cancelled",
  "too_early",
  "too_late",
  "elsewhere",
  "no_guest_seat",
  "no_account",
  "no_browser_link",
  "owner_missing",
  "video_unavailable",
  "video_misconfigured",
  "not_found",
  "too_many_attempts",
]);

/**
 * Makes one of the calls of a third person's page: the link's token alone says who asks.
 *
 * @param more what else the body says
 */
export const callAsThird = <T>(
  call: "join" | "arrive",
  token: string,
  more: object = {},
): Promise<Answer<T>> => post<T>(`/api/third/${call}`, { ...more, token });

/**
 * Makes one of a visit's calls. The personal link's token travels in the body, never in an address.
 *
 * @param more what else the body says
 */
export const callVisit = <K extends keyof Calls>(
  call: K,
  appointmentId: string,
  token: string | undefined,
  more: object = {},
): Promise<Answer<Calls[K]>> =>
  post(`/api/visits/${appointmentId}/${call}`, token === undefined ? more : { ...more, token });

async function post<T>(path: string, sent: object): Promise<Answer<T>> {
  try {
    const response = await fetch(path, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(sent),
      cache: "no-store",
    });
    const body: unknown = await response.json();
    if (response.ok) return { kind: "ok", value: body as T };
    const reason = typeof body === "object" && body !== null && "reason" in body ? String(body.reason) : "";
    return { kind: "refused", reason: REASONS.has(reason) ? (reason as JoinRefusal) : "unknown" };
  } catch {
    return { kind: "offline" };
  }
}
