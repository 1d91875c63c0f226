"use client";

import type { ReactNode } from "react";
import { Form } from "@/components/ui/form";
import { SubmitButton } from "@/components/ui/submit-button";
import { type FormState, IDLE } from "@/lib/core/form";
import { AdminForm } from "../admin-form";

const NO_FIELDS = {};

/** A button that does one thing to a question. */
export function QuestionButton<R extends "not_found">({
  action,
  fields,
  label,
  children,
}: {
  /** A server action itself, not a function around one. */
  action: (state: FormState<R>, sent: FormData) => Promise<FormState<R>>;
  fields: Readonly<Record<string, string>>;
  /** What it does to which, for who hears it. */
  label: string;
  children: ReactNode;
}) {
  return (
    <Form id={Object.values(fields).join("-")} action={action} initialState={IDLE as FormState<R>}>
      {(state) => (
        <AdminForm state={state} labels={NO_FIELDS}>
          {() => (
            <>
              {Object.entries(fields).map(([name, value]) => (
                <input key={name} type="hidden" name={name} value={value} />
              ))}
              <SubmitButton variant="quiet" size="sm" aria-label={label}>
                {children}
              </SubmitButton>
            </>
          )}
        </AdminForm>
      )}
    </Form>
  );
}
