"use client";

import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import type { CalendarDto } from "@/lib/booking/types/times";
import { useOpening } from "./opening";

const WEEK = 7;

/** How many days each key moves, in a language that is read from left to right. */
const STEPS: Readonly<Record<string, number>> = {
  ArrowLeft: -1,
  ArrowRight: 1,
  ArrowUp: -WEEK,
  ArrowDown: WEEK,
};

/** What stands for a day in the grid and takes the focus: a link, or the cell of a day without times. */
const cellsOf = (table: HTMLTableElement | null): HTMLElement[] => [
  ...(table?.querySelectorAll<HTMLElement>("[data-date]") ?? []),
];
const dateOf = (cell: HTMLElement): string => cell.dataset.date ?? "";

/**
 * The keys of a grid of days (WAI-ARIA Authoring Practices, "Date Picker Dialog"): arrows by a day and a week, Home and End within
 * the week, Page Up and Page Down by a month, which an arrow out of the month turns too. One day is in the order of Tab at a time.
 *
 * @returns what the table needs, and the date that Tab leads to; none before the script runs, when every link has its own place
 */
export function useGridKeys({ weeks, previousHref, nextHref }: CalendarDto) {
  const table = useRef<HTMLTableElement>(null);
  const { open } = useOpening();
  const [visited, visit] = useState<string>();
  const [isGrid, setIsGrid] = useState(false);
  useEffect(() => setIsGrid(true), []);

  const days = weeks.flat();
  const current =
    days.find(({ date }) => date === visited) ??
    days.find(({ isChosen }) => isChosen) ??
    days.find(({ empty }) => empty === null) ??
    days[0];

  const focus = (cell: HTMLElement | undefined) => {
    if (!cell) return;
    visit(dateOf(cell));
    cell.focus();
  };

  /** Turns the page and focuses a day there. */
  const turn = (href: string | null, choose: (cells: HTMLElement[]) => HTMLElement | undefined) => {
    if (href !== null) open({ href }, () => focus(choose(cellsOf(table.current))));
  };

  /** Goes to a day by its place among those shown, which may be before the first or after the last. */
  const go = (to: number) => {
    const [first = "", last = ""] = [days[0]?.date, days.at(-1)?.date];
    const day = days[to];
    if (day) focus(cellsOf(table.current).find((cell) => dateOf(cell) === day.date));
    else if (to < 0) turn(previousHref, (cells) => cells.filter((cell) => dateOf(cell) < first).at(to));
    else turn(nextHref, (cells) => cells.filter((cell) => dateOf(cell) > last)[to - days.length]);
  };

  const onKeyDown = (event: KeyboardEvent<HTMLTableElement>) => {
    if (event.metaKey || event.ctrlKey || event.altKey || event.shiftKey || !current) return;
    const at = days.indexOf(current);
    const monday = at - (at % WEEK);
    /** The same day of the month, or its last where the month is too short. */
    const sameDay = (cells: HTMLElement[]) => {
      const own = cells.filter((cell) => cell.dataset.own === "true");
      return own.find((cell) => dateOf(cell).slice(8) === current.date.slice(8)) ?? own.at(-1);
    };
    const step = STEPS[event.key];
    if (step !== undefined) {
      const isMirrored = Math.abs(step) === 1 && table.current?.matches(":dir(rtl)");
      go(at + (isMirrored ? -step : step));
    } else if (event.key === "Home") go(monday);
    else if (event.key === "End") go(monday + WEEK - 1);
    else if (event.key === "PageUp") turn(previousHref, sameDay);
    else if (event.key === "PageDown") turn(nextHref, sameDay);
    else return;
    event.preventDefault();
  };

  return { table, isGrid, current: isGrid ? current?.date : undefined, onKeyDown, visit };
}
