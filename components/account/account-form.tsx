"use client";

import { useTranslations } from "next-intl";
import { type ReactNode, useMemo } from "react";
import { ErrorSummary } from "@/components/ui/error-summary";
import { Notice } from "@/components/ui/notice";
import type { FormState, PipelineRefusal } from "@/lib/core/form";
import { problemsOf } from "./problems";

/** Refusals that concern a whole form → the words for each, keys of `auth.refused`. */
const REFUSED = {
  wrong_credentials: "wrongCredentials",
  too_many_attempts: "tooManyAttempts",
  forbidden: "forbidden",
  link_invalid: "linkInvalid",
  email_in_use: "emailInUse",
  wrong_code: "wrongCode",
  wrong_password: "wrongPassword",
  sign_in_again: "signInAgain",
  expired: "expired",
  not_found: "notFound",
  required: "required",
  not_set: "notSet",
  password_common: "passwordCommon",
  password_guessable: "passwordGuessable",
  prove_by_mail: "proveByMail",
  prove_by_provider: "proveByProvider",
  proof_refused: "proofRefused",
  has_account: "hasAccount",
  not_yours: "notYours",
  email_unchanged: "emailUnchanged",
  changed_meanwhile: "changedMeanwhile",
  provider_refused: "providerRefused",
} as const;

export type AccountRefusal = Exclude<keyof typeof REFUSED, PipelineRefusal>;

/** What the fields need to know of the last attempt. */
export type Attempt = {
  values: Readonly<Record<string, string>>;
  errorOf: (fieldId: string) => string | undefined;
};

/**
 * What went wrong with a sign-in, an invitation or the set-up, above its fields.
 *
 * @param labels field name → its label, in the order of the page
 * @param passwordLength the shortest password, for the words about one that is shorter
 */
export function AccountForm({
  state,
  labels,
  passwordLength,
  children,
}: {
  state: FormState<AccountRefusal>;
  labels: Readonly<Record<string, string>>;
  passwordLength: number;
  children: (attempt: Attempt) => ReactNode;
}) {
  const t = useTranslations("auth");
  const errors = useTranslations("errors");
  const problems = useMemo(
    () =>
      problemsOf(state, labels, {
        problem: (field, fault) => t("problem", { field, fault }),
        fault: (fault) => t(`faults.${fault}`, { count: passwordLength }),
      }),
    [state, labels, passwordLength, t],
  );
  const refused = state.status === "refused" ? state : null;
  const attempt: Attempt = {
    values: refused?.values ?? {},
    errorOf: (fieldId) => problems.find((problem) => problem.fieldId === fieldId)?.fault,
  };
  return (
    <div className="flex flex-col gap-6">
      <ErrorSummary title={errors("summaryTitle")} problems={problems} />
      {refused && refused.reason !== "invalid" ? (
        <Notice tone="harm" title={t(`refused.${REFUSED[refused.reason]}.title`)} announce="alert">
          <p>{t(`refused.${REFUSED[refused.reason]}.body`)}</p>
        </Notice>
      ) : null}
      {children(attempt)}
    </div>
  );
}
