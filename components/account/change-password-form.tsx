"use client";

import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { Form } from "@/components/ui/form";
import { SubmitButton } from "@/components/ui/submit-button";
import { changePasswordAction } from "@/lib/auth/actions/password";
import { IDLE } from "@/lib/core/form";
import { AccountForm } from "./account-form";
import { CodeField } from "./code-field";
import { NewPasswordFields } from "./new-password-fields";
import { OwnPasswordField } from "./own-password-field";

/** The password that holds and a code, where there are such, and the new password twice. */
export function ChangePasswordForm({
  email,
  withPassword,
  withCode,
  passwordLength,
}: {
  email: string;
  withPassword: boolean;
  withCode: boolean;
  passwordLength: number;
}) {
  const t = useTranslations("account");
  const words = useTranslations("auth.newPassword");
  const labels = useMemo(
    () => ({
      ...(withPassword ? { ownPassword: t("secondStep.password") } : {}),
      ...(withCode ? { code: t("secondStep.anyCode") } : {}),
      password: words("label"),
      repeat: words("repeat"),
    }),
    [t, words, withPassword, withCode],
  );
  return (
    <Form id="change-password" action={changePasswordAction} initialState={IDLE}>
      {(state) => (
        <AccountForm state={state} labels={labels} passwordLength={passwordLength}>
          {({ errorOf }) => (
            <>
              {/* Password managers file the new password under this address; without a name it is not sent. */}
              <input type="email" autoComplete="username" value={email} readOnly hidden />
              {withPassword ? <OwnPasswordField id="ownPassword" error={errorOf("ownPassword")} /> : null}
              {withCode ? <CodeField label={t("secondStep.anyCode")} error={errorOf("code")} /> : null}
              <NewPasswordFields passwordLength={passwordLength} errorOf={errorOf} />
              <SubmitButton size="lg" className="self-stretch sm:self-start">
                {t(withPassword ? "password.submit" : "password.setSubmit")}
              </SubmitButton>
            </>
          )}
        </AccountForm>
      )}
    </Form>
  );
}
