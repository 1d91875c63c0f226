"use client";

import { useTranslations } from "next-intl";
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
};

/** Begins a conversation: a button, since nothing begins by looking. */
export function BeginConversation({ side, patientId, practitionerId, token, name }: BeginProps) {
  const t = useTranslations("messages");
  return (
    <Form id={`begin-${patientId}-${practitionerId}`} action={openConversationAction} initialState={IDLE}>
      {(state) => (
        <>
          <input type="hidden" name="as" value={side} />
          <input type="hidden" name="patientId" value={patientId} />
          <input type="hidden" name="practitionerId" value={practitionerId} />
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
