"use client";

import { useTranslations } from "next-intl";
import { ButtonLink } from "@/components/ui/button";
import { Form } from "@/components/ui/form";
import { Notice } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import { IDLE } from "@/lib/core/form";
import { rebookAction } from "@/lib/visits/actions/rebook";
import type { RebookingTimeDto } from "@/lib/visits/types/rebook";
import { VisitKey } from "../change/visit-key";

/** Refusals with words of their own; the form of the booking is the way where more is asked for. */
const WORDS = {
  slot_taken: "slot_taken",
  patient_busy: "patient_busy",
  not_offered: "not_offered",
  day_full: "day_full",
  no_guest_seat: "no_guest_seat",
  already_booked: "already_booked",
  not_missed: "not_missed",
  answers: "form",
  consents: "form",
} as const;

const wordOf = (reason: string) =>
  Object.hasOwn(WORDS, reason) ? WORDS[reason as keyof typeof WORDS] : ("other" as const);

/** The nearest times, each a button that books it. */
export function RebookForm({
  times,
  appointmentId,
  token,
}: {
  times: readonly RebookingTimeDto[];
  appointmentId: string;
  token: string | undefined;
}) {
  const t = useTranslations("change.missed");
  const words = ({ starts: { shortDate, time } }: RebookingTimeDto) => t("book", { date: shortDate, time });
  return (
    <Form id="rebook" action={rebookAction} initialState={IDLE} className="flex flex-col gap-3">
      {(state) => (
        <>
          {state.status === "refused" ? (
            <Notice tone="wait" announce="alert">
              <p>{t(`refused.${wordOf(state.reason)}`)}</p>
            </Notice>
          ) : null}
          <VisitKey appointmentId={appointmentId} token={token} />
          <ul className="grid gap-2 sm:grid-cols-2">
            {times.map((one) => (
              <li key={one.starts.iso}>
                {one.href ? (
                  <ButtonLink href={one.href} size="lg" wide className="tabular-nums">
                    {words(one)}
                  </ButtonLink>
                ) : (
                  <SubmitButton
                    variant="secondary"
                    size="lg"
                    wide
                    className="tabular-nums"
                    name="startAt"
                    value={one.starts.iso}
                  >
                    {words(one)}
                  </SubmitButton>
                )}
              </li>
            ))}
          </ul>
        </>
      )}
    </Form>
  );
}
