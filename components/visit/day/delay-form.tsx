"use client";

import { useTranslations } from "next-intl";
import { Details } from "@/components/ui/details";
import { Field } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { SubmitButton } from "@/components/ui/submit-button";
import { IDLE } from "@/lib/core/form";
import { announceDelayAction } from "@/lib/visits/actions/day";
import { DayProblem } from "./problem";

/** What needs no typing. */
const PRESETS = [5, 10, 15, 20, 30] as const;

/**
 * How late the practitioner runs today: typed, or at once. Closed until it is wanted; an answer is never hidden.
 *
 * @param id of the form, unique on the page
 * @param minutes what has been said so far
 */
export function DelayForm({ id, summary, minutes }: { id: string; summary: string; minutes: number }) {
  const t = useTranslations("day");
  return (
    <Form id={id} action={announceDelayAction} initialState={IDLE}>
      {(state) => {
        const refused = state.status === "refused" ? state : null;
        return (
          <Details summary={summary} open={state.status !== "idle"}>
            <div className="flex flex-col gap-3">
              <DayProblem state={state} />
              <Field
                id={`${id}-minutes`}
                label={t("delay.label")}
                hint={t("delay.hint")}
                error={refused?.fields.minutes ? t("faults.minutes") : undefined}
              >
                {(control) => (
                  <span className="flex gap-2">
                    <Input
                      {...control}
                      name="minutes"
                      inputMode="numeric"
                      autoComplete="off"
                      defaultValue={refused?.values.minutes ?? (minutes > 0 ? String(minutes) : "")}
                      className="max-w-20 tabular-nums"
                    />
                    {/* First in the form, so that Enter in the field means this one. */}
                    <SubmitButton variant="secondary">{t("delay.announce")}</SubmitButton>
                  </span>
                )}
              </Field>
              <fieldset className="flex flex-col gap-1">
                <legend className="text-sm text-muted">{t("delay.presets")}</legend>
                <div className="flex flex-wrap gap-2">
                  {PRESETS.map((preset) => (
                    <SubmitButton key={preset} variant="secondary" size="sm" name="preset" value={preset}>
                      {t("delay.preset", { minutes: preset })}
                    </SubmitButton>
                  ))}
                </div>
              </fieldset>
            </div>
          </Details>
        );
      }}
    </Form>
  );
}

/** What has been said, and the one click that takes it back. */
export function SaidDelay({ id, minutes }: { id: string; minutes: number }) {
  const t = useTranslations("day.delay");
  if (minutes === 0) return null;
  return (
    <Form
      id={id}
      action={announceDelayAction}
      initialState={IDLE}
      className="flex flex-wrap items-center gap-x-3 gap-y-2"
    >
      {(state) => (
        <>
          <p className="font-medium text-wait" role="status">
            {t("said", { minutes })}
          </p>
          <input type="hidden" name="minutes" value="0" />
          <SubmitButton variant="secondary" size="sm">
            {t("takeBack")}
          </SubmitButton>
          <DayProblem state={state} />
        </>
      )}
    </Form>
  );
}
