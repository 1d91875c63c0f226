"use client";

import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { AccountForm } from "@/components/account/account-form";
import { CodeField } from "@/components/account/code-field";
import { OwnPasswordField } from "@/components/account/own-password-field";
import { ProveByProvider } from "@/components/account/provider-forms";
import { ButtonLink } from "@/components/ui/button";
import { Radio, RadioGroup } from "@/components/ui/choice";
import { EmailField } from "@/components/ui/contact-fields";
import { Form } from "@/components/ui/form";
import { Notice } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import type { Confirmation } from "@/lib/auth/types";
import { IDLE } from "@/lib/core/form";
import { exportTrailAction, findInTrailAction } from "@/lib/trail/actions";
import type { TrailQuery } from "@/lib/trail/types";

const FORMATS = ["csv", "fhir"] as const;

/** What the trail has about one person. The address is sent in the form's body: it has no place in the page's own. */
export function FindPerson() {
  const t = useTranslations("trail.search.find");
  const labels = useMemo(() => ({ email: t("email") }), [t]);
  return (
    <section aria-labelledby="find-person" className="flex flex-col gap-3">
      <h2 id="find-person" className="text-lg font-semibold">
        {t("title")}
      </h2>
      <p className="measure text-muted">{t("lead")}</p>
      <Form id="find-person-form" action={findInTrailAction} initialState={IDLE}>
        {(state) => (
          <AccountForm state={state} labels={labels} passwordLength={0}>
            {({ values, errorOf }) => (
              <>
                <EmailField label={labels.email} error={errorOf("email")} value={values.email} />
                <SubmitButton variant="secondary" className="self-start">
                  {t("submit")}
                </SubmitButton>
              </>
            )}
          </AccountForm>
        )}
      </Form>
    </section>
  );
}

/** Lets this browser fetch what the search finds, once its administrator has shown who they are. */
export function ExportTrail({ query, confirmation }: { query: TrailQuery; confirmation: Confirmation }) {
  const { proof, withCode, provider } = confirmation;
  const withPassword = proof !== "provider_proved";
  const t = useTranslations("trail.search.export");
  const account = useTranslations("account");
  const words = useTranslations("account.secondStep");
  const labels = useMemo(
    () => ({
      format: t("format"),
      ...(withPassword ? { ownPassword: words("password") } : {}),
      ...(withCode ? { code: words("anyCode") } : {}),
    }),
    [t, words, withPassword, withCode],
  );
  if (proof === "provider" && provider !== undefined)
    return (
      <section aria-labelledby="export" className="flex flex-col gap-3">
        <h2 id="export" className="text-lg font-semibold">
          {t("title")}
        </h2>
        <p className="measure text-muted">{account("proof.providerLead", { name: provider })}</p>
        <ProveByProvider name={provider} next="/admin/audit" />
      </section>
    );
  return (
    <section aria-labelledby="export" className="flex flex-col gap-3">
      <h2 id="export" className="text-lg font-semibold">
        {t("title")}
      </h2>
      <p className="measure text-muted">{t("lead")}</p>
      <Form id="export-form" action={exportTrailAction} initialState={IDLE}>
        {(state) =>
          state.status === "done" ? (
            <Notice tone="live" title={t("ready")} announce="status">
              <ButtonLink href="/admin/audit/export" prefetch={false} download variant="primary">
                {t("download")}
              </ButtonLink>
            </Notice>
          ) : (
            <AccountForm state={state} labels={labels} passwordLength={0}>
              {({ values, errorOf }) => (
                <>
                  {Object.entries(query).map(([name, value]) => (
                    <input key={name} type="hidden" name={name} value={value} />
                  ))}
                  <RadioGroup id="format" legend={labels.format} error={errorOf("format")}>
                    {FORMATS.map((format, at) => (
                      <Radio
                        key={format}
                        id={at === 0 ? "format" : `format-${format}`}
                        name="format"
                        value={format}
                        label={t(format)}
                        defaultChecked={(values.format ?? "csv") === format}
                      />
                    ))}
                  </RadioGroup>
                  {withPassword ? <OwnPasswordField id="ownPassword" error={errorOf("ownPassword")} /> : null}
                  {withCode ? <CodeField label={words("anyCode")} error={errorOf("code")} /> : null}
                  <SubmitButton variant="secondary" className="self-start">
                    {t("submit")}
                  </SubmitButton>
                </>
              )}
            </AccountForm>
          )
        }
      </Form>
    </section>
  );
}
