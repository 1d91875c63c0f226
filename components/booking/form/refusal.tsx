"use client";

import { useTranslations } from "next-intl";
import { type ReactNode, useEffect, useRef } from "react";
import { useClinic } from "@/components/layout/clinic-context";
import { PhoneLink } from "@/components/layout/phone-link";
import { Link } from "@/components/ui/link";
import { Notice } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import type { BookingPageDto } from "@/lib/booking/types/form";
import type { MomentDto } from "@/lib/time/format";
import { type BookingState, isTimeRefusal, otherTimes, type TimeRefusal } from "./booking-problems";

type Refused = Extract<BookingState, { status: "refused" }>;

/** Where the line that stands in the button's place leads to. */
export const REFUSAL_ID = "refusal";

/** Why the visit was not booked, and how to go on. Takes the focus, since the button that was pressed is far below. */
export function Refusal({ state, visit, when }: { state: Refused; visit: BookingPageDto; when: string }) {
  const box = useRef<HTMLDivElement>(null);
  // Also for the same refusal a second time: that one is another state.
  useEffect(() => {
    if (state.status === "refused") box.current?.focus();
  }, [state]);
  return (
    <div
      ref={box}
      id={REFUSAL_ID}
      tabIndex={-1}
      // biome-ignore lint/a11y/noAutofocus: without JavaScript the page comes back whole, and this is what changed
      autoFocus
      className="rounded-md"
    >
      {isTimeRefusal(state.reason) ? (
        <OtherTimes reason={state.reason} times={otherTimes(state)} visit={visit} when={when} />
      ) : (
        <Explanation reason={state.reason} visit={visit} />
      )}
    </div>
  );
}

function OtherTimes({
  reason,
  times,
  visit,
  when,
}: {
  reason: TimeRefusal;
  times: readonly MomentDto[];
  visit: BookingPageDto;
  when: string;
}) {
  const t = useTranslations("booking");
  return (
    <Notice tone="wait" title={t(`refused.${reason}.title`)} announce="alert">
      <p>{t(`refused.${reason}.body`, { time: when })}</p>
      {times.length > 0 ? (
        <>
          <p>{t("instead.choose")}</p>
          <ul className="my-2 grid gap-2 sm:grid-cols-2">
            {times.map(({ iso, shortDate, time }) => (
              <li key={iso}>
                <SubmitButton variant="secondary" wide name="startAt" value={iso}>
                  {t("instead.button", { date: shortDate, time })}
                </SubmitButton>
              </li>
            ))}
          </ul>
        </>
      ) : (
        <p>{t("instead.none")}</p>
      )}
      <p>
        <Link href={visit.timesHref}>{t("instead.all")}</Link>
      </p>
    </Notice>
  );
}

function Explanation({
  reason,
  visit,
}: {
  reason: Exclude<Refused["reason"], TimeRefusal>;
  visit: BookingPageDto;
}) {
  const t = useTranslations("booking.refused");
  const { phone } = useClinic();
  const say = (
    key: Exclude<Refused["reason"], TimeRefusal | "invalid"> | "signedOut" | "incomplete",
    action?: ReactNode,
  ) => (
    <Notice tone="wait" title={t(`${key}.title`)} announce="alert">
      <p>{t(`${key}.body`)}</p>
      {action ? <p>{action}</p> : null}
    </Notice>
  );
  switch (reason) {
    case "already_booked":
      return say(reason, <Link href={visit.timesHref}>{t("already_booked.action")}</Link>);
    case "too_many_attempts":
      return say(reason, phone ? <PhoneLink phone={phone} /> : undefined);
    case "forbidden":
      if (visit.account === null) return say(reason);
      return say(
        "signedOut",
        <Link href={`/sign-in?next=${encodeURIComponent(visit.href)}`}>{t("signedOut.action")}</Link>,
      );
    case "not_a_patient":
    case "unknown_patient":
    case "answers":
    case "consents":
      return say(reason);
    case "invalid":
      return say("incomplete", <Link href={visit.timesHref}>{t("incomplete.action")}</Link>);
  }
}
