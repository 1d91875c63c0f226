type Interval = { start: string; end: string };

/**
 * A week's hours of several people, as a notice on a door says them: days with the same hours on one line, overlapping hours as one.
 *
 * @param hours wall-clock times "HH:MM" by ISO weekday; an end of "00:00" is midnight
 * @returns runs of days, from Monday on; days without hours are left out
 */
export function summariseHours(
  hours: readonly { weekday: number; startTime: string; endTime: string }[],
): { from: number; to: number; intervals: Interval[] }[] {
  const lines: { from: number; to: number; intervals: Interval[] }[] = [];
  for (let weekday = 1; weekday <= 7; weekday += 1) {
    const intervals = merge(
      hours
        .filter((rule) => rule.weekday === weekday)
        .map(({ startTime, endTime }) => ({
          start: startTime,
          end: endTime === "00:00" ? "24:00" : endTime,
        })),
    );
    if (intervals.length === 0) continue;
    const last = lines.at(-1);
    const isSame = last?.to === weekday - 1 && JSON.stringify(last.intervals) === JSON.stringify(intervals);
    if (last && isSame) last.to = weekday;
    else lines.push({ from: weekday, to: weekday, intervals });
  }
  return lines;
}

function merge(intervals: readonly Interval[]): Interval[] {
  const merged: Interval[] = [];
  for (const next of [...intervals].sort((a, b) => a.start.localeCompare(b.start))) {
    const last = merged.at(-1);
    if (last && next.start <= last.end) last.end = next.end > last.end ? next.end : last.end;
    else merged.push({ ...next });
  }
  return merged;
}
