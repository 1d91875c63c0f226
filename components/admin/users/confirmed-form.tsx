"use client";

import { useTranslations } from "next-intl";
import { type ReactNode, useMemo } from "react";
import { Field } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { SubmitButton } from "@/components/ui/submit-button";
import type { AccountRefusal } from "@/lib/admin/types/users";
import { type FormState, IDLE } from "@/lib/core/form";
import { AdminForm, type Attempt } from "../admin-form";

type State = FormState<AccountRefusal>;
type Action = (state: State, data: FormData) => Promise<State>;
type Props = {
  /** Sets the form's fields apart from those of the page's other forms. */
  id: string;
  userId: string;
  action: Action;
  submit: string;
  saved: string;
  variant?: "secondary" | "harm";
  children?: (attempt: Attempt) => ReactNode;
};

/** A change of somebody else's account that asks for nothing but the press. */
export function PlainForm({ id, userId, action, submit, saved, variant = "secondary", children }: Props) {
  return (
    <Form id={id} action={action} initialState={IDLE as State}>
      {(state) => (
        <AdminForm state={state} labels={NO_FIELDS} saved={saved}>
          {(attempt) => (
            <>
              <input type="hidden" name="userId" value={userId} />
              {children?.(attempt)}
              <SubmitButton variant={variant} className="self-start">
                {submit}
              </SubmitButton>
            </>
          )}
        </AdminForm>
      )}
    </Form>
  );
}
const NO_FIELDS = {};

/** The same with the administrator's own password, and a code where they have a second step: a found browser changes nobody's account. */
export function ConfirmedForm({
  withCode,
  id,
  userId,
  action,
  submit,
  saved,
  variant = "secondary",
  children,
}: Props & { withCode: boolean }) {
  const t = useTranslations("admin.user");
  const [passwordId, codeId] = [`${id}-ownPassword`, `${id}-code`];
  const labels = useMemo(
    () => ({ [passwordId]: t("ownPassword"), ...(withCode ? { [codeId]: t("code") } : {}) }),
    [t, passwordId, codeId, withCode],
  );
  return (
    <Form id={id} action={action} initialState={IDLE as State}>
      {(state) => (
        <AdminForm state={state} labels={labels} saved={saved}>
          {(attempt) => (
            <>
              <input type="hidden" name="userId" value={userId} />
              {children?.(attempt)}
              <Field
                id={passwordId}
                label={t("ownPassword")}
                hint={t("confirm")}
                error={attempt.errorOf(passwordId)}
              >
                {(control) => (
                  <Input
                    {...control}
                    name="ownPassword"
                    type="password"
                    autoComplete="current-password"
                    required
                    className="max-w-100"
                  />
                )}
              </Field>
              {withCode ? (
                <Field id={codeId} label={t("code")} error={attempt.errorOf(codeId)}>
                  {(control) => (
                    <Input
                      {...control}
                      name="code"
                      autoComplete="one-time-code"
                      autoCapitalize="none"
                      spellCheck={false}
                      required
                      className="max-w-60 tabular-nums"
                    />
                  )}
                </Field>
              ) : null}
              <SubmitButton variant={variant} className="self-start">
                {submit}
              </SubmitButton>
            </>
          )}
        </AdminForm>
      )}
    </Form>
  );
}
