"use client";

import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { AccountForm } from "@/components/account/account-form";
import { CodeField } from "@/components/account/code-field";
import { OwnPasswordField } from "@/components/account/own-password-field";
import { Form } from "@/components/ui/form";
import { SubmitButton } from "@/components/ui/submit-button";
import { IDLE } from "@/lib/core/form";
import { PASSWORD_MIN_LENGTH } from "@/lib/core/limits";
import { requestExportAction } from "@/lib/privacy/actions";

/** Asks for a copy, with what shows that it is the owner who asks. */
export function RequestExportForm({
  withPassword,
  withCode,
  again,
}: {
  withPassword: boolean;
  withCode: boolean;
  /** A copy waits already, and would be removed. */
  again: boolean;
}) {
  const t = useTranslations("account");
  const labels = useMemo(
    () => ({
      ...(withPassword ? { ownPassword: t("secondStep.password") } : {}),
      ...(withCode ? { code: t("secondStep.anyCode") } : {}),
    }),
    [t, withPassword, withCode],
  );
  return (
    <Form id="request-export" action={requestExportAction} initialState={IDLE}>
      {(state) => (
        <AccountForm state={state} labels={labels} passwordLength={PASSWORD_MIN_LENGTH}>
          {({ errorOf }) => (
            <>
              {withPassword ? <OwnPasswordField id="ownPassword" error={errorOf("ownPassword")} /> : null}
              {withCode ? <CodeField label={t("secondStep.anyCode")} error={errorOf("code")} /> : null}
              <SubmitButton size="lg" className="self-stretch sm:self-start">
                {t(again ? "data.again" : "data.submit")}
              </SubmitButton>
            </>
          )}
        </AccountForm>
      )}
    </Form>
  );
}
