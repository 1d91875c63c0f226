"use client";

import { useTranslations } from "next-intl";
import { useLive } from "@/components/ui/live/use-live";
import type { AgendaDto } from "@/lib/visits/types/agenda";
import { DelayForm, SaidDelay } from "./delay-form";

/** Under today's list: how late the practitioner has said that they run, and how to say so. */
export function DayDelay({ agenda }: { agenda: AgendaDto }) {
  const t = useTranslations("day.delay");
  const { state } = useLive<AgendaDto | null>({ key: `agenda:${agenda.date}`, initial: agenda });
  const { isToday, delayMinutes } = state ?? agenda;
  if (!isToday) return null;
  return (
    <div data-keys="late" className="flex flex-col gap-1">
      <SaidDelay id="day-on-time" minutes={delayMinutes} />
      <DelayForm id="day-delay" summary={t("title")} minutes={delayMinutes} />
    </div>
  );
}
