"use client";

import { clsx } from "clsx";
import { CalendarOff } from "lucide-react";
import NextLink from "next/link";
import { useTranslations } from "next-intl";
import { Link } from "@/components/ui/link";
import { useLive } from "@/components/ui/live/use-live";
import type { AgendaDayDto, AgendaItemDto, AgendaWeekDto } from "@/lib/visits/types/agenda";
import { AgendaStatus } from "../agenda-status";
import { VisitMarks } from "../visit-marks";
import { ItemSigns } from "./item-signs";

/** The days of a week, live. */
export function WeekDays({ week }: { week: AgendaWeekDto }) {
  const { state } = useLive<AgendaWeekDto | null>({ key: `agenda-week:${week.from}`, initial: week });
  return (
    <div className="grid gap-3 lg:grid-cols-7">
      {(state ?? week).days.map((day) => (
        <Day key={day.date} day={day} />
      ))}
    </div>
  );
}

function Day({ day }: { day: AgendaDayDto }) {
  const t = useTranslations("day.week");
  const away = useTranslations("agenda.away");
  const heading = `week-${day.date}`;
  return (
    <section
      aria-labelledby={heading}
      className={clsx(
        "flex min-w-0 flex-col gap-2 rounded-md border bg-surface p-2",
        day.isToday ? "border-accent" : "border-line",
      )}
    >
      <h2 id={heading} className="px-1 font-semibold">
        <Link href={`/agenda?date=${day.date}`} aria-current={day.isToday ? "date" : undefined}>
          {day.shortTitle}
        </Link>
      </h2>
      {day.delayMinutes > 0 ? (
        <p className="px-1 text-sm font-medium text-wait">{t("late", { minutes: day.delayMinutes })}</p>
      ) : null}
      {day.away.map(({ kind, fromTime, toTime }) => (
        <p
          key={`${kind}-${fromTime}`}
          className="flex items-center gap-1.5 px-1 text-sm text-muted tabular-nums"
        >
          <CalendarOff aria-hidden="true" className="size-4 shrink-0" />
          {away(kind, { from: fromTime, to: toTime })}
        </p>
      ))}
      {day.items.length === 0 ? (
        <p className="px-1 text-sm text-muted">{t("none")}</p>
      ) : (
        <ul className="flex flex-col">
          {day.items.map((item) => (
            <Visit key={item.appointmentId} item={item} />
          ))}
        </ul>
      )}
    </section>
  );
}

function Visit({ item }: { item: AgendaItemDto }) {
  return (
    <li className="border-t border-line first:border-t-0">
      <NextLink
        href={`/agenda/${item.appointmentId}`}
        className="flex flex-col gap-1 rounded-sm px-1 py-2 hover:bg-sunken"
      >
        <span className="flex min-w-0 items-baseline gap-2">
          <time dateTime={item.starts.iso} className="font-medium tabular-nums">
            {item.starts.time}
          </time>
          <span className="min-w-0 truncate">{item.patientName}</span>
        </span>
        {/* A column is narrower than some of these words. */}
        <AgendaStatus item={item} className="gap-1! rounded-md! px-1.5! whitespace-normal!" />
        <ItemSigns item={item} />
        <VisitMarks marks={item.marks} />
      </NextLink>
    </li>
  );
}
