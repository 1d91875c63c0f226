"use client";

import { clsx } from "clsx";
import NextLink from "next/link";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { useLive } from "@/components/ui/live/use-live";
import type { AgendaDto } from "@/lib/visits/types/agenda";
import { AgendaStatus } from "./agenda-status";
import { ItemSigns } from "./day/item-signs";
import { followKeys, openDetails } from "./day/keys";
import { requestStart } from "./start-request";
import { VisitMarks } from "./visit-marks";

/**
 * A practitioner's day, live: who is booked, who is there now, who is done. J and K move, Enter opens, S starts, L is for lateness.
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
    const at = items.findIndex((item) => item.appointmentId === cursor);
    function move(step: 1 | -1) {
      const next = items[Math.min(Math.max(at + step, 0), items.length - 1)];
      if (!next) return;
      setCursor(next.appointmentId);
      document.getElementById(`visit-${next.appointmentId}`)?.focus();
    }
    function start() {
      if (!cursor || items[at]?.state.phase !== "waiting") return;
      requestStart(cursor);
      router.push(`/agenda/${cursor}`);
    }
    return followKeys({
      j: () => move(1),
      k: () => move(-1),
      s: start,
      l: () => openDetails("[data-keys=late]"),
    });
  }, [items, cursor, router]);

  return (
    <ul className="@container flex flex-col" aria-label={t("list")} aria-live="polite" aria-relevant="text">
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
                "grid grid-cols-[3.25rem_minmax(0,1fr)] items-center gap-x-2 gap-y-1 px-3 py-2 hover:bg-sunken sm:@2xs:grid-cols-[3.25rem_minmax(0,1fr)_auto]",
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
                <ItemSigns item={item} />
                <VisitMarks marks={item.marks} />
              </span>
              <AgendaStatus item={item} className="max-sm:col-start-2 @max-2xs:col-start-2" />
            </NextLink>
          </li>
        );
      })}
    </ul>
  );
}
