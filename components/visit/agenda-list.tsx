"use client";

import { clsx } from "clsx";
import NextLink from "next/link";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { useLive } from "@/components/ui/live/use-live";
import type { AgendaDto } from "@/lib/visits/types/agenda";
import { AgendaStatus } from "./agenda-status";
import { requestStart } from "./start-request";
import { VisitMarks } from "./visit-marks";

/** A key pressed as a command, not typed into a field or held with another. */
const isCommand = (event: KeyboardEvent) =>
  !event.ctrlKey &&
  !event.metaKey &&
  !event.altKey &&
  !(
    event.target instanceof HTMLElement &&
    event.target.closest("input, textarea, select, dialog, [contenteditable]")
  );

/**
 * A practitioner's day, live: who is booked, who has come, who is done. J and K move, Enter opens, S starts.
 *
 * @param selectedId the visit that is open beside the list
 */
export function AgendaList({ agenda, selectedId }: { agenda: AgendaDto; selectedId: string | undefined }) {
  const t = useTranslations("agenda");
  const router = useRouter();
  const { state } = useLive<AgendaDto>({ key: `agenda:${agenda.date}`, initial: agenda });
  const items = state?.items ?? agenda.items;
  const [cursor, setCursor] = useState(selectedId);

  useEffect(() => {
    function press(event: KeyboardEvent) {
      if (!isCommand(event)) return;
      const at = items.findIndex((item) => item.appointmentId === cursor);
      const step = { j: 1, k: -1 }[event.key.toLowerCase()];
      if (step) {
        const next = items[Math.min(Math.max(at + step, 0), items.length - 1)];
        if (!next) return;
        setCursor(next.appointmentId);
        document.getElementById(`visit-${next.appointmentId}`)?.focus();
      } else if (event.key.toLowerCase() === "s" && cursor && items[at]?.state.phase === "waiting") {
        requestStart(cursor);
        router.push(`/agenda/${cursor}`);
      }
    }
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, [items, cursor, router]);

  return (
    <ul className="flex flex-col" aria-label={t("list")} aria-live="polite" aria-relevant="text">
      {items.map((item) => {
        const isSelected = item.appointmentId === selectedId;
        return (
          <li key={item.appointmentId} className="border-b border-line last:border-b-0">
            <NextLink
              id={`visit-${item.appointmentId}`}
              href={`/agenda/${item.appointmentId}`}
              aria-current={isSelected ? "page" : undefined}
              onFocus={() => setCursor(item.appointmentId)}
              className={clsx(
                "grid grid-cols-[3.25rem_minmax(0,1fr)_auto] items-center gap-x-2 px-3 py-2 hover:bg-sunken",
                isSelected && "bg-accent-soft",
              )}
            >
              <time dateTime={item.starts.iso} className="font-medium tabular-nums">
                {item.starts.time}
              </time>
              <span className="min-w-0">
                <span className="block truncate font-medium">{item.patientName}</span>
                <span className="block truncate text-sm text-muted">
                  {t("kind", { type: item.visitType, minutes: item.durationMinutes })}
                </span>
                <VisitMarks marks={item.marks} />
              </span>
              <AgendaStatus item={item} />
            </NextLink>
          </li>
        );
      })}
    </ul>
  );
}
