"use client";

import { type ReactNode, useMemo } from "react";
import { EmailField } from "@/components/ui/contact-fields";
import { Form } from "@/components/ui/form";
import { SubmitButton } from "@/components/ui/submit-button";
import { type FormState, IDLE } from "@/lib/core/form";
import { AccountForm, type Attempt } from "./account-form";
import { LookIntoMail } from "./look-into-mail";

/** What the form says; of the answer, what was done, and what to do if no mail comes. */
type Words = { email: string; submit: string; sentTitle: string; sentBody: string; notYet: string };

/** Fields above the address, with their labels by name. */
type Before = { labels: Readonly<Record<string, string>>; fields: (attempt: Attempt) => ReactNode };

/** Asks for an e-mail address to write to. The answer is one and the same whoever it belongs to, so it is all that is shown then. */
export function AddressRequest({
  id,
  action,
  words,
  before,
}: {
  id: string;
  action: (state: FormState<never>, data: FormData) => Promise<FormState<never>>;
  words: Words;
  before?: Before;
}) {
  const labels = useMemo(() => ({ ...before?.labels, email: words.email }), [before, words.email]);
  return (
    <Form id={id} action={action} initialState={IDLE as FormState<never>}>
      {(state) =>
        state.status === "done" ? (
          <LookIntoMail title={words.sentTitle}>
            <p>{words.sentBody}</p>
            <p>{words.notYet}</p>
          </LookIntoMail>
        ) : (
          <AccountForm state={state} labels={labels} passwordLength={0}>
            {(attempt) => (
              <>
                {before?.fields(attempt)}
                <EmailField
                  label={words.email}
                  error={attempt.errorOf("email")}
                  value={attempt.values.email}
                />
                <SubmitButton size="lg" className="self-stretch sm:self-start">
                  {words.submit}
                </SubmitButton>
              </>
            )}
          </AccountForm>
        )
      }
    </Form>
  );
}
