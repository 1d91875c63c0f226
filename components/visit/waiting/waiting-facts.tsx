"use client";

import { Circle, CircleDot, Clock, type LucideIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { useClinic } from "@/components/layout/clinic-context";
import { PhoneLink } from "@/components/layout/phone-link";
import type { VisitState } from "@/lib/visits/types/visit";
import { useMinutesUntil } from "../starts-in";

/** So long after the expected start nobody is told "any moment" any more. */
const OVERDUE_MINUTES = 5;

/**
 * What somebody who waits wants to know: when it is to begin, whether the practitioner is there, and what they have said. Only what is
 * known; a wait that nobody can foresee is called so.
 */
export function WaitingFacts({
  state,
  startTime,
  startsIso,
}: {
  state: VisitState;
  startTime: string;
  startsIso: string;
}) {
  const t = useTranslations("waiting");
  const { expected, practitionerName: practitioner, presence } = state;
  return (
    <div className="flex flex-col gap-3">
      <Fact icon={Clock} isOn={expected === null}>
        <p className="font-medium tabular-nums">
          {expected ? t("expected.late", { time: expected.time }) : t("expected.onTime", { time: startTime })}
        </p>
        {expected ? (
          <p className="text-muted tabular-nums">
            {t("expected.lateBody", { practitioner, minutes: expected.lateMinutes, booked: startTime })}
          </p>
        ) : null}
      </Fact>
      <Fact icon={presence.practitioner ? CircleDot : Circle} isOn={presence.practitioner}>
        <p>{t(presence.practitioner ? "presence.here" : "presence.away", { practitioner })}</p>
      </Fact>
      <Overdue iso={expected?.startsAt ?? startsIso} />
      <Messages state={state} />
    </div>
  );
}

function Fact({ icon: Icon, isOn, children }: { icon: LucideIcon; isOn: boolean; children: ReactNode }) {
  return (
    <div className="flex items-start gap-2">
      <Icon
        aria-hidden="true"
        className={`mt-[0.2em] size-[1.1em] shrink-0 ${isOn ? "text-live" : "text-wait"}`}
      />
      <div className="measure min-w-0">{children}</div>
    </div>
  );
}

function Overdue({ iso }: { iso: string }) {
  const t = useTranslations("waiting");
  const { phone } = useClinic();
  const minutes = useMinutesUntil(iso);
  if (minutes === undefined || minutes > -OVERDUE_MINUTES) return null;
  return (
    <div className="measure flex flex-col gap-1">
      <p>{t("expected.overdue")}</p>
      {phone ? (
        <p>
          {t("connection.phone")} <PhoneLink phone={phone} />
        </p>
      ) : null}
    </div>
  );
}

function Messages({ state: { messages, practitionerName: practitioner } }: { state: VisitState }) {
  const t = useTranslations("waiting.messages");
  if (messages.length === 0) return null;
  return (
    <section className="flex flex-col gap-2">
      <h2 className="text-sm font-medium text-muted">{t("title", { practitioner })}</h2>
      <ol className="flex flex-col gap-2">
        {messages.map(({ id, kind, text, time }) => (
          <li key={id} className="measure rounded-md bg-sunken px-3 py-2">
            <p className="whitespace-pre-line break-words">{kind === "soon" ? t("soon") : text}</p>
            <p className="text-sm text-muted tabular-nums">
              <time>{time}</time>
            </p>
          </li>
        ))}
      </ol>
    </section>
  );
}
