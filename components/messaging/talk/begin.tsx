"use client";

import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import { Form } from "@/components/ui/form";
import { SubmitButton } from "@/components/ui/submit-button";
import { IDLE } from "@/lib/core/form";
import type { Side } from "@/lib/messaging/types";
import { openConversationAction } from "@/lib/visits/actions/messages";

type BeginProps = {
  side: Side;
  patientId: string;
  practitionerId: string;
  token: string | undefined;
  /** Whom it is with, where the words beside it do not say. */
  name?: string;
  /** The conversation then appears in this one's place, rather than on a page of its own: a call may be going on here. */
  isHere?: boolean;
};

/** Begins a conversation: a button, since nothing begins by looking. */
export function BeginConversation({ side, patientId, practitionerId, token, name, isHere }: BeginProps) {
  const t = useTranslations("messages");
  const isAsked = useRef(false);
  // The button that had the focus goes, and what was asked for comes.
  useEffect(
    () => () => {
      if (isAsked.current) document.getElementById("message-text")?.focus();
    },
    [],
  );
  return (
    <Form
      id={`begin-${patientId}-${practitionerId}`}
      action={openConversationAction}
      initialState={IDLE}
      onSubmitCapture={() => {
        isAsked.current = isHere === true;
      }}
    >
      {(state) => (
        <>
          <input type="hidden" name="as" value={side} />
          <input type="hidden" name="patientId" value={patientId} />
          <input type="hidden" name="practitionerId" value={practitionerId} />
          {isHere ? <input type="hidden" name="here" value="1" /> : null}
          {token === undefined ? null : <input type="hidden" name="token" value={token} />}
          <SubmitButton variant="secondary" aria-label={name ? t("beginWith", { name }) : undefined}>
            {t("begin")}
          </SubmitButton>
          {state.status === "refused" ? (
            <p role="alert" className="mt-2 text-harm">
              {t("refused.not_found")}
            </p>
          ) : null}
        </>
      )}
    </Form>
  );
}
