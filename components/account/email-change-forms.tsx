"use client";

import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { EmailField } from "@/components/ui/contact-fields";
import { Form } from "@/components/ui/form";
import { SubmitButton } from "@/components/ui/submit-button";
import { changeEmailAction, requestEmailChangeAction } from "@/lib/auth/actions/email-change";
import { IDLE } from "@/lib/core/form";
import { AccountForm } from "./account-form";
import { CodeField } from "./code-field";
import { LookIntoMail } from "./look-into-mail";
import { OwnPasswordField } from "./own-password-field";

const NO_FIELDS = {};

/** The address that the account is to have, with the password that holds and a code where there are such. */
export function RequestEmailChange({ withPassword, withCode }: { withPassword: boolean; withCode: boolean }) {
  const t = useTranslations("account");
  const labels = useMemo(
    () => ({
      email: t("email.label"),
      ...(withPassword ? { ownPassword: t("secondStep.password") } : {}),
      ...(withCode ? { code: t("secondStep.anyCode") } : {}),
    }),
    [t, withPassword, withCode],
  );
  return (
    <Form id="request-email-change" action={requestEmailChangeAction} initialState={IDLE}>
      {(state) =>
        state.status === "done" ? (
          <LookIntoMail title={t("email.sentTitle")}>
            <p>{t("email.sentBody")}</p>
            <p>{t("proof.notYet")}</p>
          </LookIntoMail>
        ) : (
          <AccountForm state={state} labels={labels} passwordLength={0}>
            {({ values, errorOf }) => (
              <>
                <EmailField label={t("email.label")} error={errorOf("email")} value={values.email} />
                {withPassword ? <OwnPasswordField id="ownPassword" error={errorOf("ownPassword")} /> : null}
                {withCode ? <CodeField label={t("secondStep.anyCode")} error={errorOf("code")} /> : null}
                <SubmitButton size="lg" className="self-stretch sm:self-start">
                  {t("email.submit")}
                </SubmitButton>
              </>
            )}
          </AccountForm>
        )
      }
    </Form>
  );
}

/** Takes the new address up: a press, since programs that look through mail follow links. */
export function ConfirmEmailChange({ token }: { token: string }) {
  const t = useTranslations("account.email");
  return (
    <Form id="confirm-email-change" action={changeEmailAction} initialState={IDLE}>
      {(state) => (
        <AccountForm state={state} labels={NO_FIELDS} passwordLength={0}>
          {() => (
            <>
              <input type="hidden" name="token" value={token} />
              <SubmitButton size="lg" className="self-stretch sm:self-start">
                {t("confirm")}
              </SubmitButton>
            </>
          )}
        </AccountForm>
      )}
    </Form>
  );
}
