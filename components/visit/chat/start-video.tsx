"use client";

import { Video } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useEffect } from "react";
import { ButtonLink } from "@/components/ui/button";
import { Form } from "@/components/ui/form";
import { Notice } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import { IDLE } from "@/lib/core/form";
import { startVideoAction } from "@/lib/visits/actions/chat";
import type { StartVideoState } from "@/lib/visits/types/chat";
import { requestStart } from "../start-request";

/** Turns a conversation into a visit with one click: its page opens, and starts it. Without JavaScript a link leads there. */
export function StartVideo({ conversationId }: { conversationId: string }) {
  return (
    <Form<StartVideoState> id="start-video" action={startVideoAction} initialState={IDLE}>
      {(state) => <StartVideoFields conversationId={conversationId} state={state} />}
    </Form>
  );
}

function StartVideoFields({ conversationId, state }: { conversationId: string; state: StartVideoState }) {
  const t = useTranslations("chat.start");
  const router = useRouter();
  const made = state.status === "made" ? state.appointmentId : undefined;
  useEffect(() => {
    if (!made) return;
    requestStart(made);
    router.push(`/agenda/${made}`);
  }, [made, router]);
  return (
    <div className="flex flex-col gap-2">
      <input type="hidden" name="conversationId" value={conversationId} />
      {made ? (
        <ButtonLink href={`/agenda/${made}`} variant="primary">
          <Video aria-hidden="true" className="size-[1.15em]" />
          {t("open")}
        </ButtonLink>
      ) : (
        <SubmitButton className="self-start">
          <Video aria-hidden="true" className="size-[1.15em]" />
          {t("button")}
        </SubmitButton>
      )}
      {state.status === "refused" ? (
        <Notice tone="wait" announce="alert">
          <p>{t(`refused.${state.reason}`)}</p>
        </Notice>
      ) : null}
    </div>
  );
}
