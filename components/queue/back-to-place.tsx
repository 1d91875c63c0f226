"use client";

import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import { Form } from "@/components/ui/form";
import { useLive } from "@/components/ui/live/use-live";
import { Notice } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import { IDLE } from "@/lib/core/form";
import { backToPlaceAction } from "@/lib/queue/actions/place";
import type { VisitState } from "@/lib/visits/types/visit";

/**
 * Leads whoever was put back into the line, because their visit did not begin, from its page to their place, without their doing anything;
 * by a button where no script does.
 */
export function BackToPlace({ initial, token }: { initial: VisitState; token: string | undefined }) {
  const { appointmentId } = initial;
  const { state } = useLive<VisitState | null>({ key: `appointment:${appointmentId}`, token, initial });
  return (state ?? initial).fromLine === "put_back" ? (
    <Back appointmentId={appointmentId} token={token} />
  ) : null;
}

function Back({ appointmentId, token }: { appointmentId: string; token: string | undefined }) {
  const t = useTranslations("queue.back");
  const words = useTranslations("queue.place.refused");
  const within = useRef<HTMLDivElement>(null);
  useEffect(() => {
    within.current?.closest("form")?.requestSubmit();
  }, []);
  return (
    <Form id="back-to-place" action={backToPlaceAction} initialState={IDLE}>
      {(state) => (
        <div ref={within}>
          <Notice tone="wait" announce="status" title={t("title")}>
            <p>{t("body")}</p>
            <input type="hidden" name="appointmentId" value={appointmentId} />
            {token ? <input type="hidden" name="token" value={token} /> : null}
            <SubmitButton className="mt-2 self-start">{t("button")}</SubmitButton>
            {state.status === "refused" ? <p role="alert">{words(state.reason)}</p> : null}
          </Notice>
        </div>
      )}
    </Form>
  );
}
