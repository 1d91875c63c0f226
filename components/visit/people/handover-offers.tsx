"use client";

import { useTranslations } from "next-intl";
import { Form } from "@/components/ui/form";
import { useLive } from "@/components/ui/live/use-live";
import { Notice } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import { IDLE } from "@/lib/core/form";
import { acceptHandoverAction, declineHandoverAction } from "@/lib/visits/actions/people";
import type { HandoverDto, HandoversDto } from "@/lib/visits/types/handover";
import { PeopleProblem } from "./people-problem";

/** Visits that colleagues hand over, as they come. Who takes one is led into it. */
export function HandoverOffers({ initial }: { initial: HandoversDto }) {
  const { state } = useLive<HandoversDto | null>({ key: "handovers", initial });
  return (
    <div aria-live="polite" className="flex flex-col gap-3 empty:hidden">
      {(state ?? initial).offeredToMe.map((offer) => (
        <Offer key={offer.handoverId} offer={offer} />
      ))}
    </div>
  );
}

function Offer({ offer }: { offer: HandoverDto }) {
  const t = useTranslations("people.offers");
  const { handoverId, fromName, patientName, visitType, startTime, note, isInProgress } = offer;
  return (
    <Notice tone="wait" title={t("title", { from: fromName })}>
      <p>{t("line", { patient: patientName, type: visitType, time: startTime })}</p>
      <p>{t(isInProgress ? "running" : "waiting")}</p>
      {note ? <p className="measure whitespace-pre-line">{note}</p> : null}
      <div className="mt-2 flex flex-wrap items-start gap-2">
        <Form id={`accept-${handoverId}`} action={acceptHandoverAction} initialState={IDLE}>
          {(state) => (
            <>
              <input type="hidden" name="handoverId" value={handoverId} />
              <SubmitButton>{t("accept")}</SubmitButton>
              <PeopleProblem state={state} />
            </>
          )}
        </Form>
        <Form id={`decline-${handoverId}`} action={declineHandoverAction} initialState={IDLE}>
          {(state) => (
            <>
              <input type="hidden" name="handoverId" value={handoverId} />
              <SubmitButton variant="quiet">{t("decline")}</SubmitButton>
              <PeopleProblem state={state} />
            </>
          )}
        </Form>
      </div>
    </Notice>
  );
}
