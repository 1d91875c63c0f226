"use client";

import { type ComponentProps, useMemo } from "react";
import { Form } from "@/components/ui/form";
import { SubmitButton } from "@/components/ui/submit-button";
import type { ClosureRefusal, ScheduleRefusal, StrandedDto } from "@/lib/availability/types";
import { type FormState, IDLE } from "@/lib/core/form";
import { ScheduleForm } from "./schedule-form";
import { StrandedVisits, strandedIn } from "./stranded-visits";

/** A button that takes one thing of a schedule away, and asks first where that strands visits. */
export function RemoveForm<R extends ScheduleRefusal | ClosureRefusal>({
  id,
  action,
  fields,
  label,
  saved,
  withPractitioner,
  ...button
}: {
  id: string;
  /** A server action itself, not a function around one. */
  action: (state: FormState<R, StrandedDto>, sent: FormData) => Promise<FormState<R, StrandedDto>>;
  /** Hidden fields that say what. */
  fields: Readonly<Record<string, string>>;
  label: string;
  saved?: string;
  withPractitioner?: boolean;
} & Pick<ComponentProps<typeof SubmitButton>, "aria-label">) {
  const noLabels = useMemo(() => ({}), []);
  return (
    <Form id={id} action={action} initialState={IDLE as FormState<R, StrandedDto>}>
      {(state) => {
        const stranded = strandedIn(state);
        return (
          <ScheduleForm state={state} labels={noLabels} saved={saved}>
            {() => (
              <>
                {Object.entries(fields).map(([name, value]) => (
                  <input key={name} type="hidden" name={name} value={value} />
                ))}
                <SubmitButton variant="quiet" size="sm" className="self-start" {...button}>
                  {label}
                </SubmitButton>
                {stranded ? (
                  <StrandedVisits stranded={stranded} withPractitioner={withPractitioner ?? false} />
                ) : null}
              </>
            )}
          </ScheduleForm>
        );
      }}
    </Form>
  );
}
