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

/**
 * Visits that colleagues hand over, as they come. Who takes one is led into it. Above every page; on a phone, which scrolls as a whole, it
 * stays in sight.
 */
export function HandoverOffers({ initial }: { initial: HandoversDto }) {
  const { state } = useLive<HandoversDto | null>({ key: "handovers", initial });
  return (
    <div
      aria-live="polite"
      className="z-20 flex flex-col gap-3 border-b border-line bg-surface px-4 py-3 empty:hidden max-lg:sticky max-lg:top-0 max-lg:max-h-[60dvh] max-lg:overflow-y-auto lg:px-6"
    >
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
