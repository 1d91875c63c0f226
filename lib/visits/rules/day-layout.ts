type Span = { start: number; end: number };

const HOUR = 60;
/** What of an empty day is shown. */
const USUAL = { start: 8 * HOUR, end: 18 * HOUR };

/** The full hours between which everything of a day lies; the usual ones where nothing does. */
export function axisOf(spans: readonly Span[], dayMinutes: number): Span {
  if (spans.length === 0) return { start: USUAL.start, end: Math.min(USUAL.end, dayMinutes) };
  const start = Math.floor(Math.min(...spans.map((span) => span.start)) / HOUR) * HOUR;
  const end = Math.ceil(Math.max(...spans.map((span) => span.end)) / HOUR) * HOUR;
  return { start: Math.max(0, start), end: Math.min(end, Math.ceil(dayMinutes / HOUR) * HOUR) };
}

/**
 * Puts what overlaps side by side: each in the first lane that is free when it begins. Whatever hangs together shares its width.
 *
 * @returns in the order of their starts
 */
export function inLanes<S extends Span>(spans: readonly S[]): (S & { lane: number; lanes: number })[] {
  const placed: { span: S; lane: number; group: number }[] = [];
  const lanesOf: number[] = [];
  let ends: number[] = [];
  let until = Number.NEGATIVE_INFINITY;
  for (const span of spans.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    if (span.start >= until) {
      ends = [];
      lanesOf.push(0);
    }
    const free = ends.findIndex((end) => end <= span.start);
    const lane = free === -1 ? ends.length : free;
    ends[lane] = span.end;
    until = Math.max(until, span.end);
    const group = lanesOf.length - 1;
    lanesOf[group] = Math.max(lanesOf[group] ?? 0, lane + 1);
    placed.push({ span, lane, group });
  }
  return placed.map(({ span, lane, group }) => ({ ...span, lane, lanes: lanesOf[group] ?? 1 }));
}
