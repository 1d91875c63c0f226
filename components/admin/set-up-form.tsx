"use client";

import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { AccountForm } from "@/components/account/account-form";
import { NewPasswordFields } from "@/components/account/new-password-fields";
import { Field } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { SubmitButton } from "@/components/ui/submit-button";
import { createFirstAdministratorAction } from "@/lib/admin/actions";
import { IDLE } from "@/lib/core/form";

/** Makes the first administrator. Only sending it uses the link up; opening the page does not. */
export function SetUpForm({ token, passwordLength }: { token: string; passwordLength: number }) {
  const t = useTranslations("auth");
  const labels = useMemo(
    () => ({
      name: t("setup.name"),
      email: t("setup.email"),
      password: t("newPassword.label"),
      repeat: t("newPassword.repeat"),
    }),
    [t],
  );
  return (
    <Form id="set-up" action={createFirstAdministratorAction} initialState={IDLE}>
      {(state) => (
        <AccountForm state={state} labels={labels} passwordLength={passwordLength}>
          {({ values, errorOf }) => (
            <>
              <Field id="name" label={labels.name} hint={t("setup.nameHint")} error={errorOf("name")}>
                {(control) => (
                  <Input
                    {...control}
                    name="name"
                    autoComplete="name"
                    required
                    defaultValue={values.name}
                    className="max-w-100"
                  />
                )}
              </Field>
              <Field id="email" label={labels.email} error={errorOf("email")}>
                {(control) => (
                  <Input
                    {...control}
                    name="email"
                    type="email"
                    autoComplete="username"
                    spellCheck={false}
                    required
                    defaultValue={values.email}
                    className="max-w-100"
                  />
                )}
              </Field>
              <NewPasswordFields passwordLength={passwordLength} errorOf={errorOf} />
              <input type="hidden" name="token" value={token} />
              <SubmitButton size="lg" className="self-stretch sm:self-start">
                {t("setup.submit")}
              </SubmitButton>
            </>
          )}
        </AccountForm>
      )}
    </Form>
  );
}
