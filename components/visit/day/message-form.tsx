"use client";

import { useTranslations } from "next-intl";
import { Details } from "@/components/ui/details";
import { Field } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { Textarea } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import { IDLE } from "@/lib/core/form";
import { sendWaitingTextAction } from "@/lib/visits/actions/day";
import { DayProblem } from "./problem";

const FAULTS = { required: "required", too_long: "too_long", characters: "characters" } as const;
const isFault = (fault: string | undefined): fault is keyof typeof FAULTS =>
  fault !== undefined && Object.hasOwn(FAULTS, fault);

/** Words of one's own to whoever waits. Sent words make room for the next. Closed until it is wanted; an answer is never hidden. */
export function MessageForm({
  appointmentId,
  patientName,
  sent,
}: {
  appointmentId: string;
  patientName: string;
  /** How many messages were sent so far. */
  sent: number;
}) {
  const t = useTranslations("day");
  return (
    <Form id="waiting-text" action={sendWaitingTextAction} initialState={IDLE}>
      {(state) => {
        const refused = state.status === "refused" ? state : null;
        const fault = refused?.fields.text;
        return (
          <Details summary={t("actions.message")} open={state.status !== "idle"}>
            <div className="flex flex-col items-start gap-3">
              <DayProblem state={state} />
              <input type="hidden" name="appointmentId" value={appointmentId} />
              <Field
                id="waiting-text-words"
                label={t("message.label", { name: patientName })}
                hint={t("message.hint")}
                error={isFault(fault) ? t(`faults.${fault}`) : undefined}
                className="w-full max-w-160"
              >
                {(control) => (
                  // What was sent is gone from here, and stands among what has been said.
                  <Textarea
                    key={state.status === "done" ? sent : "open"}
                    {...control}
                    name="text"
                    rows={2}
                    defaultValue={refused?.values.text}
                  />
                )}
              </Field>
              <SubmitButton variant="secondary">{t("message.send")}</SubmitButton>
              {state.status === "done" ? (
                <Notice tone="live" announce="status">
                  <p>{t("message.sent")}</p>
                </Notice>
              ) : null}
            </div>
          </Details>
        );
      }}
    </Form>
  );
}
