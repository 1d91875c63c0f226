"use client";

import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { AccountForm } from "@/components/account/account-form";
import { CodeField } from "@/components/account/code-field";
import { OwnPasswordField } from "@/components/account/own-password-field";
import { Field } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { Textarea } from "@/components/ui/input";
import { SubmitButton } from "@/components/ui/submit-button";
import type { Confirmation } from "@/lib/auth/types";
import { IDLE } from "@/lib/core/form";
import {
  approveErasureAction,
  refuseErasureAction,
  requestErasureAction,
  withdrawErasureAction,
} from "@/lib/privacy/actions";

const NO_FIELDS = {};

/** What shows that it is they, with its labels for the summary of what is wrong. */
function useProof({ proof, withCode }: Confirmation) {
  const t = useTranslations("account.secondStep");
  const withPassword = proof === "password";
  const labels = useMemo(
    () => ({
      ...(withPassword ? { ownPassword: t("password") } : {}),
      ...(withCode ? { code: t("anyCode") } : {}),
    }),
    [t, withPassword, withCode],
  );
  const fieldsOf = (errorOf: (fieldId: string) => string | undefined) => (
    <>
      {withPassword ? <OwnPasswordField id="ownPassword" error={errorOf("ownPassword")} /> : null}
      {withCode ? <CodeField label={t("anyCode")} error={errorOf("code")} /> : null}
    </>
  );
  return { labels, fieldsOf };
}

/** A patient asks to be erased. */
export function RequestErasureForm({ confirmation, submit }: { confirmation: Confirmation; submit: string }) {
  const { labels, fieldsOf } = useProof(confirmation);
  return (
    <Form id="request-erasure" action={requestErasureAction} initialState={IDLE}>
      {(state) => (
        <AccountForm state={state} labels={labels} passwordLength={0}>
          {({ errorOf }) => (
            <>
              {fieldsOf(errorOf)}
              <SubmitButton variant="harm" size="lg" className="self-stretch sm:self-start">
                {submit}
              </SubmitButton>
            </>
          )}
        </AccountForm>
      )}
    </Form>
  );
}

/** And takes it back. */
export function WithdrawErasureForm({ submit }: { submit: string }) {
  return (
    <Form id="withdraw-erasure" action={withdrawErasureAction} initialState={IDLE}>
      {(state) => (
        <AccountForm state={state} labels={NO_FIELDS} passwordLength={0}>
          {() => (
            <SubmitButton variant="secondary" size="lg" className="self-stretch sm:self-start">
              {submit}
            </SubmitButton>
          )}
        </AccountForm>
      )}
    </Form>
  );
}

/** An administrator has somebody erased. */
export function ApproveErasureForm({
  erasureId,
  confirmation,
  submit,
}: {
  erasureId: string;
  confirmation: Confirmation;
  submit: string;
}) {
  const { labels, fieldsOf } = useProof(confirmation);
  return (
    <Form id="approve-erasure" action={approveErasureAction} initialState={IDLE}>
      {(state) => (
        <AccountForm state={state} labels={labels} passwordLength={0}>
          {({ errorOf }) => (
            <>
              <input type="hidden" name="erasureId" value={erasureId} />
              {fieldsOf(errorOf)}
              <SubmitButton variant="harm" className="self-start">
                {submit}
              </SubmitButton>
            </>
          )}
        </AccountForm>
      )}
    </Form>
  );
}

/** Or refuses, and says why. */
export function RefuseErasureForm({
  erasureId,
  words,
}: {
  erasureId: string;
  words: { reason: string; hint: string; submit: string };
}) {
  const labels = useMemo(() => ({ reason: words.reason }), [words.reason]);
  return (
    <Form id="refuse-erasure" action={refuseErasureAction} initialState={IDLE}>
      {(state) => (
        <AccountForm state={state} labels={labels} passwordLength={0}>
          {({ values, errorOf }) => (
            <>
              <input type="hidden" name="erasureId" value={erasureId} />
              <Field id="reason" label={words.reason} hint={words.hint} error={errorOf("reason")}>
                {(control) => (
                  <Textarea
                    {...control}
                    name="reason"
                    required
                    defaultValue={values.reason}
                    className="max-w-150"
                  />
                )}
              </Field>
              <SubmitButton variant="secondary" className="self-start">
                {words.submit}
              </SubmitButton>
            </>
          )}
        </AccountForm>
      )}
    </Form>
  );
}
