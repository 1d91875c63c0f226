"use client";

import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { Card } from "@/components/ui/card";
import { ErrorSummary } from "@/components/ui/error-summary";
import { Form } from "@/components/ui/form";
import { Notice } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import { declineOfferAction, leaveWaitlistAction, takeOfferAction } from "@/lib/booking/actions/waitlist";
import type { WaitlistEntryDto } from "@/lib/booking/types/waitlist";
import { IDLE } from "@/lib/core/form";
import { presentIntake, problemsOf } from "../form/booking-problems";
import { IntakeFields } from "../form/intake-fields";
import { VisitFacts } from "../visit-facts";

type EntryProps = { entryId: string; token: string | undefined };

/** What says which entry a form is about: the link's token in the body, or the id for whoever is signed in. */
const EntryField = ({ entryId, token }: EntryProps) =>
  token === undefined ? (
    <input type="hidden" name="entryId" value={entryId} />
  ) : (
    <input type="hidden" name="token" value={token} />
  );

/** A time that has come free, with the questions of a booking: one button takes it, another lets it go. */
export function OfferForm({
  offer,
  ...entry
}: EntryProps & { offer: NonNullable<WaitlistEntryDto["offer"]> }) {
  const t = useTranslations("waitlist");
  const { visit, deadline } = offer;
  return (
    <section aria-labelledby="offer" className="flex flex-col gap-4">
      <Notice tone="live" title={<span id="offer">{t("offer.title")}</span>}>
        <p>{t("offer.deadline", { date: deadline.date, time: deadline.time, zone: deadline.zone })}</p>
      </Notice>
      <Card>
        <VisitFacts visit={visit} />
      </Card>
      <TakeForm offer={offer} {...entry} />
      <Form id="decline-offer" action={declineOfferAction} initialState={IDLE}>
        {(state) =>
          state.status === "done" ? (
            <Notice tone="info" announce="status" title={t("offer.declined")} />
          ) : (
            <>
              {state.status === "refused" && state.reason !== "invalid" ? (
                <Notice tone="wait" announce="alert" title={t(`refused.${state.reason}`)} className="mb-4" />
              ) : null}
              <EntryField {...entry} />
              <SubmitButton variant="secondary">{t("offer.decline")}</SubmitButton>
            </>
          )
        }
      </Form>
    </section>
  );
}

function TakeForm({ offer, ...entry }: EntryProps & { offer: NonNullable<WaitlistEntryDto["offer"]> }) {
  return (
    <Form id="take-offer" action={takeOfferAction} initialState={IDLE}>
      {(state) => <TakeFields state={state} offer={offer} entry={entry} />}
    </Form>
  );
}

type TakeState = Awaited<ReturnType<typeof takeOfferAction>>;

function TakeFields({
  state,
  offer,
  entry,
}: {
  state: TakeState;
  offer: NonNullable<WaitlistEntryDto["offer"]>;
  entry: EntryProps;
}) {
  const t = useTranslations("waitlist");
  const booking = useTranslations("booking");
  const errors = useTranslations("errors");
  const asBooking = useMemo(() => bookingStateOf(state), [state]);
  const problems = useMemo(
    () =>
      problemsOf(asBooking).map((problem) => ({
        fieldId: problem.fieldId,
        message:
          "question" in problem
            ? booking(`problems.${problem.words}`, { question: problem.question })
            : booking(`problems.${problem.words}`),
      })),
    [asBooking, booking],
  );
  const refused = state.status === "refused" ? state : null;
  const told = refused && toldReason(refused.reason);
  return (
    <div className="flex flex-col gap-6">
      <ErrorSummary title={errors("summaryTitle")} problems={problems} />
      {told ? <Notice tone="wait" announce="alert" title={t(`refused.${told}`)} /> : null}
      <IntakeFields
        intake={presentIntake(asBooking, offer.intake)}
        values={refused?.values ?? {}}
        errorOf={(id) => problems.find(({ fieldId }) => fieldId === id)?.message}
      />
      <EntryField {...entry} />
      <SubmitButton size="lg" className="self-stretch sm:self-start">
        {t("offer.take")}
      </SubmitButton>
    </div>
  );
}

/** As far as questions and consents go, taking an offer is a booking. */
function bookingStateOf(state: TakeState): Parameters<typeof problemsOf>[0] {
  if (state.status !== "refused") return state;
  return state.reason === "answers" || state.reason === "consents"
    ? { ...state, reason: state.reason }
    : IDLE;
}

function toldReason(reason: Extract<TakeState, { status: "refused" }>["reason"]) {
  return reason === "answers" || reason === "consents" || reason === "invalid" ? undefined : reason;
}

/** Ends the waiting. */
export function LeaveForm(entry: EntryProps) {
  const t = useTranslations("waitlist");
  return (
    <Form id="leave-waitlist" action={leaveWaitlistAction} initialState={IDLE}>
      {(state) =>
        state.status === "done" ? (
          <Notice tone="info" announce="status" title={t("entry.left")} />
        ) : (
          <>
            {state.status === "refused" && state.reason !== "invalid" ? (
              <Notice tone="wait" announce="alert" title={t(`refused.${state.reason}`)} className="mb-4" />
            ) : null}
            <EntryField {...entry} />
            <SubmitButton variant="secondary">{t("entry.leave")}</SubmitButton>
          </>
        )
      }
    </Form>
  );
}
