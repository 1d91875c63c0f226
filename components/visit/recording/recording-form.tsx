"use client";

import { useTranslations } from "next-intl";
import { Card } from "@/components/ui/card";
import { Details } from "@/components/ui/details";
import { Form } from "@/components/ui/form";
import { Notice } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import { IDLE } from "@/lib/core/form";
import { recordingAction } from "@/lib/visits/actions/recording";
import type { RecordingTextDto } from "@/lib/visits/types/recording";
import { VisitKey } from "../change/visit-key";

const WORDS = ["not_offered", "outdated", "started", "ended"] as const;
const wordOf = (reason: string) => WORDS.find((word) => word === reason) ?? "other";

/** Asks the patient whether this one visit may be recorded; what was agreed to can be taken back in the same place. */
export function RecordingForm({
  text,
  isAgreed,
  appointmentId,
  token,
}: {
  text: RecordingTextDto;
  isAgreed: boolean;
  appointmentId: string;
  /** The personal link's, where the page was opened by one. */
  token: string | undefined;
}) {
  const t = useTranslations("visit.recording");
  return (
    <Card className="flex flex-col gap-3">
      <h2 id="recording" className="text-lg font-semibold">
        {t(isAgreed ? "agreedTitle" : "title")}
      </h2>
      <p className="measure">{t(isAgreed ? "agreedBody" : "lead")}</p>
      <Details summary={t("read", { version: text.version })}>
        <div className="measure flex flex-col gap-2 break-words">
          {text.paragraphs.map((paragraph) => (
            <p key={paragraph}>{paragraph}</p>
          ))}
        </div>
      </Details>
      <Form
        id="recording-answer"
        action={recordingAction}
        initialState={IDLE}
        className="flex flex-col gap-3"
      >
        {(state) => (
          <>
            {state.status === "refused" ? (
              <Notice tone="wait" announce="alert">
                <p>{t(`refused.${wordOf(state.reason)}`)}</p>
              </Notice>
            ) : null}
            {state.status === "done" && !isAgreed ? (
              <Notice tone="live" announce="status">
                <p>{t("withdrawn")}</p>
              </Notice>
            ) : null}
            <VisitKey appointmentId={appointmentId} token={token} />
            <input type="hidden" name="answer" value={isAgreed ? "withdraw" : "agree"} />
            <input type="hidden" name="consentTextId" value={text.consentTextId} />
            <SubmitButton variant="secondary" size="lg" className="max-sm:w-full sm:self-start">
              {t(isAgreed ? "withdraw" : "agree")}
            </SubmitButton>
          </>
        )}
      </Form>
    </Card>
  );
}
