import { clsx } from "clsx";
import { useTranslations } from "next-intl";
import { type ReactNode, useEffect, useRef } from "react";
import { Link } from "@/components/ui/link";
import type { ClinicDayDto, DayColumnDto, SpanDto } from "@/lib/visits/types/staff";
import { ClaimBlock } from "./claim-block";
import { useHoursWords } from "./hours-words";

/** So tall is a minute: ten of them have room for a line. */
const REM_PER_MINUTE = 0.115;

/** Where a span stands on the day's axis. */
const placed = ({ start, end }: SpanDto, axis: SpanDto) => ({
  insetBlockStart: `${(start - axis.start) * REM_PER_MINUTE}rem`,
  blockSize: `${(end - start) * REM_PER_MINUTE}rem`,
});

/** What of a span is on the axis. */
const onAxis = ({ start, end }: SpanDto, axis: SpanDto): SpanDto => ({
  start: Math.max(start, axis.start),
  end: Math.min(end, axis.end),
});

/** A column for each practitioner beside one clock. Scrolls by itself, with clock and names always in view. */
export function DayGrid({
  day,
  columns,
  className,
}: {
  day: ClinicDayDto;
  columns: readonly DayColumnDto[];
  className?: string;
}) {
  const t = useTranslations("staff.calendar");
  const { axis, nowMinute } = day;
  const frame = useRef<HTMLElement>(null);
  const opensAt = nowMinute === null ? axis.start : nowMinute - 60;
  const first = useRef((opensAt - axis.start) * REM_PER_MINUTE);
  // The day opens where the present is; afterwards it stays where it was scrolled to.
  useEffect(() => {
    const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
    frame.current?.scrollTo({ top: first.current * rem });
  }, []);
  const height = { blockSize: `${(axis.end - axis.start) * REM_PER_MINUTE}rem` };
  const isNowShown = nowMinute !== null && nowMinute >= axis.start && nowMinute < axis.end;
  return (
    <section
      ref={frame}
      aria-label={t("day")}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a keyboard must reach what scrolls (WCAG 2.1.1)
      tabIndex={0}
      className={clsx(
        "max-h-[calc(100dvh-11rem)] overflow-auto rounded-md border border-line bg-surface",
        className,
      )}
    >
      <div className="relative flex w-max min-w-full">
        <div aria-hidden="true" className="sticky start-0 z-20 w-14 shrink-0 border-e border-line bg-surface">
          <div className="sticky top-0 z-10 h-16 border-b border-line bg-surface" />
          <div className="relative" style={height}>
            {axis.hours.map(({ minute, time }) => (
              <span
                key={minute}
                className="absolute end-2 text-xs text-muted tabular-nums"
                style={placed({ start: minute, end: minute }, axis)}
              >
                {time}
              </span>
            ))}
          </div>
        </div>
        {columns.map((column) => (
          <section
            key={column.practitionerId}
            aria-labelledby={`column-${column.practitionerId}`}
            className="min-w-44 flex-1 border-e border-line last:border-e-0"
          >
            <ColumnHead column={column} />
            <div className="relative bg-sunken" style={height}>
              <Background column={column} day={day} />
              {isNowShown ? (
                <div
                  aria-hidden="true"
                  className="pointer-events-none absolute inset-x-0 z-10 border-t-2 border-harm"
                  style={placed({ start: nowMinute, end: nowMinute }, axis)}
                />
              ) : null}
              <ol>
                {column.claims.map((claim) => (
                  <li
                    key={claim.id}
                    className="absolute p-px"
                    style={{
                      ...placed(onAxis(claim, axis), axis),
                      insetInlineStart: `${(claim.lane / claim.lanes) * 100}%`,
                      inlineSize: `${100 / claim.lanes}%`,
                    }}
                  >
                    <ClaimBlock claim={claim} />
                  </li>
                ))}
              </ol>
            </div>
          </section>
        ))}
      </div>
    </section>
  );
}

function ColumnHead({ column }: { column: DayColumnDto }) {
  const t = useTranslations("staff.calendar");
  const hours = useHoursWords();
  return (
    <header className="sticky top-0 z-10 flex h-16 flex-col justify-center border-b border-line bg-surface px-2">
      <div className="flex items-baseline justify-between gap-2">
        <h2 id={`column-${column.practitionerId}`} className="truncate font-semibold">
          {column.name}
        </h2>
        <Link
          href={`/admin/book?practitioner=${column.practitionerId}`}
          className="shrink-0 text-sm"
          aria-label={t("bookWith", { name: column.name })}
        >
          {t("bookShort")}
        </Link>
      </div>
      <p className="truncate text-xs text-muted">{column.specialty}</p>
      <p className="truncate text-xs text-muted tabular-nums">{hours(column)}</p>
    </header>
  );
}

/** Hours are light, the rest is dim, and time away is hatched. For the eye; the head of the column says the same. */
function Background({ column, day: { axis } }: { column: DayColumnDto; day: ClinicDayDto }): ReactNode {
  const t = useTranslations("staff.calendar.away");
  return (
    <>
      {column.working.map((span) => (
        <div
          key={`hours-${span.start}`}
          aria-hidden="true"
          className="absolute inset-x-0 bg-surface"
          style={placed(onAxis(span, axis), axis)}
        />
      ))}
      {axis.hours.map(({ minute }) => (
        <div
          key={`line-${minute}`}
          aria-hidden="true"
          className="absolute inset-x-0 border-t border-line"
          style={placed({ start: minute, end: minute }, axis)}
        />
      ))}
      {column.away
        .map((span) => ({ ...span, ...onAxis(span, axis) }))
        .filter(({ start, end }) => start < end)
        .map((span) => (
          <div
            key={`${span.kind}-${span.start}`}
            className="absolute inset-x-0 overflow-hidden bg-[repeating-linear-gradient(135deg,var(--color-line)_0_1px,transparent_1px_8px)] bg-sunken"
            style={placed(span, axis)}
          >
            <p className="m-1 w-fit rounded-sm bg-surface px-1 text-xs text-muted">{t(span.kind)}</p>
          </div>
        ))}
    </>
  );
}
