"use client";

import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { EmailField } from "@/components/ui/contact-fields";
import { Field } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { SubmitButton } from "@/components/ui/submit-button";
import { signInAction } from "@/lib/auth/actions/sign-in";
import { IDLE } from "@/lib/core/form";
import { AccountForm } from "./account-form";

/** @param next a path of ours to go on to */
export function SignInForm({ next, passwordLength }: { next: string | undefined; passwordLength: number }) {
  const t = useTranslations("auth.signIn");
  const labels = useMemo(() => ({ email: t("email"), password: t("password") }), [t]);
  return (
    <Form id="sign-in" action={signInAction} initialState={IDLE}>
      {(state) => (
        <AccountForm state={state} labels={labels} passwordLength={passwordLength}>
          {({ values, errorOf }) => (
            <>
              <EmailField
                label={labels.email}
                error={errorOf("email")}
                value={values.email}
                autoComplete="username"
              />
              <Field id="password" label={labels.password} error={errorOf("password")}>
                {(control) => (
                  <Input
                    {...control}
                    name="password"
                    type="password"
                    autoComplete="current-password"
                    required
                    className="max-w-100"
                  />
                )}
              </Field>
              {next === undefined ? null : <input type="hidden" name="next" value={next} />}
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
