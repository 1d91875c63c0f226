import { Temporal } from "temporal-polyfill";
import { succeed, type TrueConfResult } from "./errors";
import type { Api } from "./transport/api";
import type { Attendance } from "./types";
import { callParticipantsAnswer, callsAnswer } from "./wire";

/** More runs than this no visit has. */
const RUNS = "20";

/** The methods on the log of calls (TrueConf API: logs). The application needs the right `logs.calls` for them. */
export function callMethods(api: Api) {
  /** Who was in a conference, in each of its runs, also after it is gone. `forbidden` where the right was not given. */
  async function listAttendances(conferenceId: string): Promise<TrueConfResult<Attendance[]>> {
    const query = { named_conf_id: conferenceId, page_id: "1", page_size: RUNS };
    const calls = await api({ method: "GET", route: "/logs/calls", query, schema: callsAnswer });
    if (!calls.ok) return calls;
    const found: Attendance[] = [];
    for (const { conference_id: id } of calls.value.list) {
      const route = "/logs/calls/{id}/participants";
      const answer = await api({ method: "GET", route, ids: { id }, schema: callParticipantsAnswer });
      if (!answer.ok) return answer;
      for (const one of answer.value.list) {
        const fromAt = toInstant(one.join_time);
        if (fromAt === undefined) continue;
        const leave = toInstant(one.leave_time);
        found.push({ id: one.call_id, fromAt, toAt: leave, leaveReason: one.leave_reason ?? undefined });
      }
    }
    return succeed(found);
  }

  return { listAttendances };
}

/** `{ date: "2026-11-23 10:00:00.000000", timezone: "UTC" }`, as PHP writes a time. */
function toInstant(
  time: { date: string; timezone: string } | null | undefined,
): Temporal.Instant | undefined {
  if (!time) return undefined;
  try {
    return Temporal.PlainDateTime.from(time.date.replace(" ", "T"))
      .toZonedDateTime(time.timezone)
      .toInstant();
  } catch {
    return undefined;
  }
}
