"use client";

import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { Form } from "@/components/ui/form";
import { SubmitButton } from "@/components/ui/submit-button";
import { signInCodeAction } from "@/lib/auth/actions/sign-in";
import { IDLE } from "@/lib/core/form";
import { AccountForm } from "./account-form";
import { CodeField } from "./code-field";

/** The second step of a sign-in. */
export function SignInCodeForm() {
  const t = useTranslations("auth.code");
  const labels = useMemo(() => ({ code: t("label") }), [t]);
  return (
    <Form id="sign-in-code" action={signInCodeAction} initialState={IDLE}>
      {(state) => (
        <AccountForm state={state} labels={labels} passwordLength={0}>
          {({ errorOf }) => (
            <>
              <CodeField label={labels.code} hint={t("hint")} error={errorOf("code")} />
              <SubmitButton size="lg" className="self-stretch sm:self-start">
                {t("submit")}
              </SubmitButton>
            </>
          )}
        </AccountForm>
      )}
    </Form>
  );
}
