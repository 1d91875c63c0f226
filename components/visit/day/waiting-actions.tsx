"use client";

import { clsx } from "clsx";
import { Clock, MessageSquare } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import { Form } from "@/components/ui/form";
import { useLive } from "@/components/ui/live/use-live";
import { SubmitButton } from "@/components/ui/submit-button";
import { IDLE } from "@/lib/core/form";
import { sendSoonAction } from "@/lib/visits/actions/day";
import type { AgendaDto } from "@/lib/visits/types/agenda";
import { DelayForm, SaidDelay } from "./delay-form";
import { DeviceResult } from "./device-result";
import { followKeys, openDetails } from "./keys";
import { MessageForm } from "./message-form";
import { NoShowPanel } from "./no-show-panel";
import { DayProblem } from "./problem";

/** In line while it is closed, under it when it is open. */
const UNFOLDING = "has-[details[open]]:w-full";

/**
 * What a practitioner does beside a visit that has not begun: one click says that they come soon; words, lateness, and that somebody
 * did not come are a click further. It follows the day, as the list does.
 */
export function WaitingActions({ agenda, appointmentId }: { agenda: AgendaDto; appointmentId: string }) {
  const t = useTranslations("day");
  const { state } = useLive<AgendaDto | null>({ key: `agenda:${agenda.date}`, initial: agenda });
  const day = state ?? agenda;
  const visit = day.items.find((item) => item.appointmentId === appointmentId);
  const soon = useRef<HTMLDivElement>(null);
  useEffect(
    () =>
      followKeys({
        w: () => soon.current?.closest("form")?.requestSubmit(),
        m: () => openDetails("[data-keys=message]"),
      }),
    [],
  );
  if (!visit) return null;
  const { phase, messages, deviceCheck, expected } = visit.state;
  const isAwaited = phase === "booked" || phase === "waiting";
  return (
    <section aria-label={t("actions.label")} className="flex flex-col gap-3">
      {isAwaited ? (
        <>
          <div className="flex flex-wrap items-center gap-x-4 gap-y-1 text-sm">
            <DeviceResult check={deviceCheck} />
            {expected ? (
              <span className="flex items-center gap-1.5 font-medium text-wait tabular-nums">
                <Clock aria-hidden="true" className="size-[1.1em]" />
                {t("expected", { time: expected.time })}
              </span>
            ) : null}
          </div>
          <div className="flex flex-wrap items-start gap-x-5 gap-y-2">
            <Form id="waiting-soon" action={sendSoonAction} initialState={IDLE}>
              {(result) => (
                <div ref={soon} className="flex flex-col items-start gap-2">
                  <input type="hidden" name="appointmentId" value={appointmentId} />
                  <SubmitButton variant="secondary">{t("actions.soon")}</SubmitButton>
                  <DayProblem state={result} />
                </div>
              )}
            </Form>
            <div data-keys="message" className={UNFOLDING}>
              <MessageForm
                appointmentId={appointmentId}
                patientName={visit.patientName}
                sent={messages.length}
              />
            </div>
            {day.isToday ? (
              // Beside the list on a wide screen; here where the list is another page.
              <div data-keys="late" className={clsx(UNFOLDING, "lg:hidden")}>
                <SaidDelay id="visit-on-time" minutes={day.delayMinutes} />
                <DelayForm id="visit-delay" summary={t("actions.late")} minutes={day.delayMinutes} />
              </div>
            ) : null}
          </div>
          <Said messages={messages} name={visit.patientName} />
        </>
      ) : null}
      <NoShowPanel visit={visit} as="practitioner" />
    </section>
  );
}

/** What has been said so far, in order. */
function Said({
  messages,
  name,
}: {
  messages: AgendaDto["items"][number]["state"]["messages"];
  name: string;
}) {
  const t = useTranslations("day.said");
  return (
    <div role="status">
      {messages.length > 0 ? (
        <>
          <p className="text-sm text-muted">{t("title", { name })}</p>
          <ul className="flex flex-col gap-1">
            {messages.map(({ id, kind, text, time }) => (
              <li key={id} className="flex items-start gap-2">
                <MessageSquare aria-hidden="true" className="mt-1 size-4 shrink-0 text-muted" />
                <span className="measure min-w-0 break-words whitespace-pre-line">
                  {kind === "soon" ? t("soon") : text}{" "}
                  <span className="text-sm text-muted tabular-nums">{time}</span>
                </span>
              </li>
            ))}
          </ul>
        </>
      ) : null}
    </div>
  );
}
