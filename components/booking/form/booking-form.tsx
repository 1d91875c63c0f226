"use client";

import { useTranslations } from "next-intl";
import { type ReactNode, useMemo } from "react";
import { Card } from "@/components/ui/card";
import { ErrorSummary } from "@/components/ui/error-summary";
import { Form } from "@/components/ui/form";
import { SubmitButton } from "@/components/ui/submit-button";
import type { BookingPageDto } from "@/lib/booking/types/form";
import { IDLE } from "@/lib/core/form";
import { bookAsGuestAction, bookAsPatientAction } from "@/lib/visits/actions/book";
import { VisitFacts } from "../visit-facts";
import { BookingFields } from "./booking-fields";
import {
  type BookingState,
  chosenInstead,
  isTimeRefusal,
  otherTimes,
  presentIntake,
  problemsOf,
  timeWordsField,
} from "./booking-problems";
import { HoldCountdown } from "./hold-countdown";
import { REFUSAL_ID, Refusal } from "./refusal";
import { UnavailableTime } from "./unavailable-time";

type Props = {
  visit: BookingPageDto;
  /** A random UUID of this page: the form sent twice books once. */
  idempotencyKey: string;
  /** Stands before the fields. */
  children: ReactNode;
};

/**
 * The form that books one visit, for a guest or for the account that is signed in. A refusal leaves everything typed in its
 * place; where only the time is the matter, the nearest ones send the same form again.
 */
export function BookingForm(props: Props) {
  const view = (state: BookingState) => <View {...props} state={state} />;
  return props.visit.account === null ? (
    <Form id="book" action={bookAsGuestAction} initialState={IDLE}>
      {view}
    </Form>
  ) : (
    <Form id="book" action={bookAsPatientAction} initialState={IDLE}>
      {view}
    </Form>
  );
}

function View({ visit, idempotencyKey, children, state }: Props & { state: BookingState }) {
  const t = useTranslations("booking");
  const errors = useTranslations("errors");
  const problems = useMemo(
    () =>
      problemsOf(state).map((problem) => ({
        fieldId: problem.fieldId,
        message:
          "question" in problem
            ? t(`problems.${problem.words}`, { question: problem.question })
            : t(`problems.${problem.words}`),
      })),
    [state, t],
  );
  if (visit.instead && state.status !== "refused")
    return <UnavailableTime visit={visit} instead={visit.instead} />;

  const chosen = chosenInstead(state, visit.starts.iso);
  const refused = state.status === "refused" ? state : null;
  const isTimeGone = refused !== null && isTimeRefusal(refused.reason);
  const words = (moment: { date: string; time: string }) => t("instead.button", moment);
  return (
    <div className="flex flex-col gap-6">
      {/* Enter presses a form's first button, which here would book a time that nobody has chosen: a disabled one stops it. */}
      {isTimeGone ? <button type="submit" disabled hidden /> : null}
      <ErrorSummary title={errors("summaryTitle")} problems={problems} />
      {refused && problems.length === 0 ? (
        <Refusal state={refused} visit={visit} when={chosen?.words ?? words(visit.starts)} />
      ) : null}
      {isTimeGone ? null : (
        <>
          <Card>
            <VisitFacts visit={visit} instead={chosen?.words ?? null} />
          </Card>
          {visit.hold && !chosen ? <HoldCountdown key={visit.hold.holdId} hold={visit.hold} /> : null}
          {children}
        </>
      )}
      <BookingFields
        account={visit.account}
        intake={presentIntake(state, visit.intake)}
        values={refused?.values ?? {}}
        errorOf={(id) => problems.find(({ fieldId }) => fieldId === id)?.message}
      />
      {isTimeGone ? (
        <p>
          {t.rich("instead.above", {
            link: (text) => (
              <a href={`#${REFUSAL_ID}`} className="text-accent underline underline-offset-4">
                {text}
              </a>
            ),
          })}
        </p>
      ) : (
        <SubmitButton size="lg" className="self-stretch sm:self-start">
          {t("submit")}
        </SubmitButton>
      )}
      <input type="hidden" name="practitionerId" value={visit.practitionerId} />
      <input type="hidden" name="visitTypeId" value={visit.visitTypeId} />
      <input type="hidden" name="idempotencyKey" value={refused?.values.idempotencyKey ?? idempotencyKey} />
      {/* Only one of the two may be sent, so this one is absent where the buttons carry a time. */}
      {isTimeGone ? null : <input type="hidden" name="startAt" value={chosen?.iso ?? visit.starts.iso} />}
      {chosen ? <input type="hidden" name={timeWordsField(chosen.iso)} value={chosen.words} /> : null}
      {otherTimes(state)
        .filter(({ iso }) => iso !== chosen?.iso)
        .map((moment) => (
          <input key={moment.iso} type="hidden" name={timeWordsField(moment.iso)} value={words(moment)} />
        ))}
    </div>
  );
}
