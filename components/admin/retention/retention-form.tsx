"use client";

import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { Field } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { SubmitButton } from "@/components/ui/submit-button";
import { IDLE } from "@/lib/core/form";
import { saveRetentionAction } from "@/lib/retention/actions";
import type { RetentionLine } from "@/lib/retention/types";
import { AdminForm } from "../admin-form";
import { NumberSettings } from "../settings/number-settings";

/** A period for each kind; and what shows that it is the administrator, which is asked for only where one becomes shorter. */
export function RetentionForm({
  lines,
  withPassword,
  withCode,
}: {
  lines: readonly RetentionLine[];
  withPassword: boolean;
  withCode: boolean;
}) {
  const t = useTranslations("retention");
  const labels = useMemo(
    () => ({
      ...Object.fromEntries(lines.map(({ kind }) => [kind, t(`kinds.${kind}.label`)])),
      ownPassword: t("periods.own"),
      code: t("periods.code"),
    }),
    [t, lines],
  );
  const bounds = Object.fromEntries(lines.map(({ kind, min, max }) => [kind, { min, max }]));
  return (
    <Form id="retention" action={saveRetentionAction} initialState={IDLE}>
      {(state) => (
        <AdminForm state={state} labels={labels} bounds={bounds} saved={t("periods.saved")}>
          {({ values, errorOf }) => (
            <>
              <NumberSettings
                settings={lines.map(({ kind, period, min, max }) => ({
                  name: kind,
                  value: String(period),
                  label: t(`kinds.${kind}.label`),
                  hint: `${t(`kinds.${kind}.hint`)} ${t("periods.bounds", { min, max })}`,
                }))}
                values={values}
                errorOf={errorOf}
              />
              {withPassword ? (
                <Field
                  id="ownPassword"
                  label={t("periods.own")}
                  hint={t("periods.ownHint")}
                  error={errorOf("ownPassword")}
                >
                  {(control) => (
                    <Input
                      {...control}
                      name="ownPassword"
                      type="password"
                      autoComplete="current-password"
                      className="max-w-100"
                    />
                  )}
                </Field>
              ) : null}
              {withCode ? (
                <Field
                  id="code"
                  label={t("periods.code")}
                  hint={t("periods.codeHint")}
                  error={errorOf("code")}
                >
                  {(control) => (
                    <Input
                      {...control}
                      name="code"
                      autoComplete="one-time-code"
                      autoCapitalize="none"
                      spellCheck={false}
                      className="max-w-60 tabular-nums"
                    />
                  )}
                </Field>
              ) : null}
              <SubmitButton className="self-start">{t("periods.submit")}</SubmitButton>
            </>
          )}
        </AdminForm>
      )}
    </Form>
  );
}
