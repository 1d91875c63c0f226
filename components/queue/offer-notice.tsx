"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Form } from "@/components/ui/form";
import { Link } from "@/components/ui/link";
import { Notice } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import { requestStart } from "@/components/visit/start-request";
import { type FormState, IDLE } from "@/lib/core/form";
import { type AcceptState, acceptOfferAction, declineQueueOfferAction } from "@/lib/queue/actions/duty";
import type { AnswerRefusal, OfferDto } from "@/lib/queue/types";
import { QueueProblem } from "./queue-problem";
import { useRing } from "./use-ring";

/** Whole seconds that an offer still has, by this device's clock. */
function useSecondsLeft(expiresAt: string): number {
  const left = () => Math.max(0, Math.ceil((Date.parse(expiresAt) - Date.now()) / 1000));
  const [seconds, setSeconds] = useState(left);
  useEffect(() => {
    const timer = setInterval(() => setSeconds(left), 500);
    return () => clearInterval(timer);
  });
  return seconds;
}

/**
 * Somebody whom this practitioner is asked to see now. Who takes them is led into the visit, which starts by itself.
 *
 * @param isOpen it waits for an answer, and rings
 */
export function OfferNotice({
  offer,
  isOpen,
  onAnswer,
  onClose,
}: {
  offer: OfferDto;
  isOpen: boolean;
  onAnswer: () => void;
  onClose: () => void;
}) {
  const t = useTranslations("queue.duty");
  const { offerId, patientName, visitType, language, reason, priorityReason, waitedMinutes, expiresAt } =
    offer;
  return (
    <Notice tone="live" title={t("offer", { patient: patientName })}>
      <p>{t("line", { type: visitType, minutes: waitedMinutes })}</p>
      {language ? <p>{t("language", { language })}</p> : null}
      {reason ? <p className="measure whitespace-pre-line">{reason}</p> : null}
      {priorityReason ? <p className="measure">{t("goesFirst", { reason: priorityReason })}</p> : null}
      {isOpen ? <Ringing expiresAt={expiresAt} /> : null}
      <div className="mt-2 flex flex-wrap items-start gap-2" onSubmitCapture={onAnswer}>
        <Form id={`take-${offerId}`} action={acceptOfferAction} initialState={IDLE as AcceptState}>
          {(state) => (
            <>
              <input type="hidden" name="offerId" value={offerId} />
              <SubmitButton>{t("accept")}</SubmitButton>
              {state.status === "accepted" ? (
                <Lead appointmentId={state.appointmentId} onLed={onClose} />
              ) : (
                <Outcome state={state} onClose={onClose} />
              )}
            </>
          )}
        </Form>
        <Form id={`let-go-${offerId}`} action={declineQueueOfferAction} initialState={IDLE}>
          {(state) => (
            <>
              <input type="hidden" name="offerId" value={offerId} />
              <SubmitButton variant="quiet">{t("decline")}</SubmitButton>
              <Outcome state={state} onClose={onClose} />
            </>
          )}
        </Form>
      </div>
    </Notice>
  );
}

function Ringing({ expiresAt }: { expiresAt: string }) {
  const t = useTranslations("queue.duty");
  useRing({ title: t("ring.title"), body: t("ring.body") });
  const seconds = useSecondsLeft(expiresAt);
  return (
    <p className="tabular-nums" role="timer">
      {t("left", { seconds })}
    </p>
  );
}

/** Goes away once it is done; why nothing came of it stays until it was read. */
function Outcome({ state, onClose }: { state: FormState<AnswerRefusal>; onClose: () => void }) {
  const t = useTranslations("queue.duty");
  const isDone = state.status === "done";
  useEffect(() => {
    if (isDone) onClose();
  });
  return state.status === "refused" ? (
    <div className="mt-2 flex flex-col items-start gap-2">
      <QueueProblem state={state} />
      <Button size="sm" variant="quiet" onClick={onClose}>
        {t("close")}
      </Button>
    </div>
  ) : null;
}

/** Leads to the visit and has it start there; a link where no script does. */
function Lead({ appointmentId, onLed }: { appointmentId: string; onLed: () => void }) {
  const t = useTranslations("queue.duty");
  const router = useRouter();
  const href = `/agenda/${appointmentId}`;
  const isLed = useRef(false);
  useEffect(() => {
    if (isLed.current) return;
    isLed.current = true;
    requestStart(appointmentId);
    router.push(href);
    onLed();
  });
  return <Link href={href}>{t("open")}</Link>;
}
