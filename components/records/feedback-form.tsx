"use client";

import { useTranslations } from "next-intl";
import { Checkbox, Radio, RadioGroup } from "@/components/ui/choice";
import { Field } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { Textarea } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import { IDLE } from "@/lib/core/form";
import { giveFeedbackAction } from "@/lib/records/actions";
import type { PatientRecordDto } from "@/lib/records/types";
import { RecordProblem, recordFault } from "./record-problem";

const QUALITIES = ["5", "4", "3", "2", "1"] as const;
const PROBLEMS = ["no_picture", "no_sound", "bad_picture", "bad_sound", "dropped", "hard_to_join"] as const;

/** How a visit was, technically: one question that must be answered, two that may be. */
export function FeedbackForm({
  appointmentId,
  token,
  given,
}: {
  appointmentId: string;
  token: string | undefined;
  given: PatientRecordDto["feedback"]["given"];
}) {
  const t = useTranslations("records.feedback");
  const faults = useTranslations("records.faults");
  return (
    <Form id="feedback" action={giveFeedbackAction} initialState={IDLE} className="flex flex-col gap-4">
      {(state) => {
        const refused = state.status === "refused" ? state : null;
        const errorOf = (field: string) => {
          const fault = recordFault(state, field);
          return fault === undefined ? undefined : faults(fault);
        };
        const quality = refused?.values.quality ?? (given ? String(given.quality) : undefined);
        const isTicked = (name: (typeof PROBLEMS)[number]) =>
          refused ? refused.values[`problem.${name}`] === "on" : given?.problems.includes(name);
        return (
          <>
            <div className="flex flex-col gap-1">
              <h2 className="text-lg font-semibold">{t("title")}</h2>
              <p className="measure text-muted">{t("lead")}</p>
            </div>
            {refused ? <RecordProblem state={refused} /> : null}
            {state.status === "done" ? (
              <Notice tone="live" announce="status" title={t("thanks")}>
                <p>{t("change")}</p>
              </Notice>
            ) : null}
            <input type="hidden" name="appointmentId" value={appointmentId} />
            {token === undefined ? null : <input type="hidden" name="token" value={token} />}
            <RadioGroup id="quality" legend={t("quality")} error={errorOf("quality")}>
              {QUALITIES.map((value, at) => (
                <Radio
                  key={value}
                  id={at === 0 ? "quality" : `quality-${value}`}
                  name="quality"
                  value={value}
                  label={t(`qualities.${value}`)}
                  defaultChecked={quality === value}
                />
              ))}
            </RadioGroup>
            <RadioGroup id="problems" legend={t("problems")}>
              {PROBLEMS.map((name, at) => (
                <Checkbox
                  key={name}
                  id={at === 0 ? "problems" : `problem-${name}`}
                  name={`problem.${name}`}
                  label={t(`problem.${name}`)}
                  defaultChecked={isTicked(name)}
                />
              ))}
            </RadioGroup>
            <Field id="comment" label={t("comment")} error={errorOf("comment")}>
              {(control) => (
                <Textarea
                  {...control}
                  name="comment"
                  rows={2}
                  defaultValue={refused?.values.comment ?? given?.comment}
                />
              )}
            </Field>
            <SubmitButton className="self-stretch sm:self-start">{t("submit")}</SubmitButton>
          </>
        );
      }}
    </Form>
  );
}
