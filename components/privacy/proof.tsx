"use client";

import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { CodeField } from "@/components/account/code-field";
import { OwnPasswordField } from "@/components/account/own-password-field";
import type { Confirmation } from "@/lib/auth/types";

/** What shows that it is they, with its labels for the summary of what is wrong. */
export function useProof({ proof, withCode }: Confirmation) {
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
