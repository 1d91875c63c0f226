/** A reminder that may be due: so long before the start it was to go, and so long before it makes sense at the latest. */
export type ReminderWindow = { minutes: number; untilMinutes: number };

/**
 * When each reminder of a visit type may still go out, in minutes before the start. One that was missed catches up until halfway to
 * the next one, the last until halfway to the start: after that it would only come on top of what follows.
 *
 * @param offsets minutes before the start, in any order
 */
export function reminderWindows(offsets: readonly number[]): ReminderWindow[] {
  const sorted = [...new Set(offsets)].sort((a, b) => b - a);
  return sorted.map((minutes, index) => ({
    minutes,
    untilMinutes: (minutes + (sorted[index + 1] ?? 0)) / 2,
  }));
}
