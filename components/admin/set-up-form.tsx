"use client";

import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { AccountForm } from "@/components/account/account-form";
import { NewPasswordFields } from "@/components/account/new-password-fields";
import { EmailField, NameField } from "@/components/ui/contact-fields";
import { Form } from "@/components/ui/form";
import { SubmitButton } from "@/components/ui/submit-button";
import { createFirstAdministratorAction } from "@/lib/admin/actions/clinic";
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
              <NameField
                label={labels.name}
                hint={t("setup.nameHint")}
                error={errorOf("name")}
                value={values.name}
              />
              <EmailField
                label={labels.email}
                error={errorOf("email")}
                value={values.email}
                autoComplete="username"
              />
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
