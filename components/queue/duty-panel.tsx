"use client";

import { Users } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Form } from "@/components/ui/form";
import { useLive } from "@/components/ui/live/use-live";
import { Notice } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import { IDLE } from "@/lib/core/form";
import { setDutyAction } from "@/lib/queue/actions/duty";
import type { DutyState, OfferDto } from "@/lib/queue/types";
import { OfferNotice } from "./offer-notice";
import { QueueProblem } from "./queue-problem";
import { NotifyMe } from "./use-ring";

/**
 * A practitioner's part of the line: whether they take visits from it, how many wait, and whom they are being asked for. Above every page
 * of theirs, so that an offer rings during other work; only a page that is open is offered anything. On a phone, which scrolls as a whole,
 * the offer stays in sight.
 */
export function DutyPanel({ initial }: { initial: DutyState }) {
  const t = useTranslations("queue.duty");
  const { state: live, status } = useLive<DutyState | null>({ key: "duty", initial });
  const state = live ?? initial;
  // Once answered an offer is open no more, and the stream may say so before the answer is here: it stays until then.
  const [answered, setAnswered] = useState<OfferDto | null>(null);
  const offer = state.offer ?? answered;
  if (status === "gone" && state.onDuty)
    return (
      <div className="border-b border-line bg-surface px-4 py-1.5 lg:px-6">
        <Notice tone="wait" announce="alert" title={t("gone.title")}>
          <p>{t("gone.body")}</p>
        </Notice>
      </div>
    );
  if (!state.isOffered && !state.onDuty) return null;
  return (
    // No box of its own, so that the offer is at the top of the whole page and not of this part alone.
    <section aria-label={t("title")} className="contents">
      <div
        aria-live="assertive"
        className="z-20 border-b border-line bg-surface px-4 py-3 empty:hidden max-lg:sticky max-lg:top-0 max-lg:max-h-[60dvh] max-lg:overflow-y-auto lg:px-6"
      >
        {offer ? (
          <OfferNotice
            key={offer.offerId}
            offer={offer}
            isOpen={offer.offerId === state.offer?.offerId && offer.offerId !== answered?.offerId}
            onAnswer={() => setAnswered(offer)}
            onClose={() => setAnswered(null)}
          />
        ) : null}
      </div>
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 border-b border-line bg-surface px-4 py-1.5 lg:px-6">
        <p className="flex items-center gap-2 text-sm" aria-live="polite">
          <Users aria-hidden="true" className="size-4 shrink-0 text-muted" />
          <span>
            <span className="font-medium">{t(state.onDuty ? "on" : "off")}</span>
            {" · "}
            <span className="tabular-nums">{t("waiting", { count: state.waiting })}</span>
          </span>
        </p>
        <Form id="duty" action={setDutyAction} initialState={IDLE}>
          {(answer) => (
            <>
              <input type="hidden" name="onDuty" value={state.onDuty ? "off" : "on"} />
              <SubmitButton size="sm" variant={state.onDuty ? "quiet" : "secondary"}>
                {t(state.onDuty ? "stop" : "start")}
              </SubmitButton>
              <QueueProblem state={answer} />
            </>
          )}
        </Form>
        {state.onDuty ? <NotifyMe /> : null}
      </div>
    </section>
  );
}
