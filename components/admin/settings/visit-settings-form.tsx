"use client";

import { useTranslations } from "next-intl";
import { Checkbox } from "@/components/ui/choice";
import { Form } from "@/components/ui/form";
import { SubmitButton } from "@/components/ui/submit-button";
import { IDLE } from "@/lib/core/form";
import { saveVisitSettingsAction } from "@/lib/visits/actions/settings";
import type { VisitSettingsDto } from "@/lib/visits/types/settings";
import { AdminForm } from "../admin-form";
import { NumberSettings } from "./number-settings";

/** When visits open and close, when somebody counts as missing, and which ways into a call are offered. */
export function VisitSettingsForm({ settings: { numbers, switches } }: { settings: VisitSettingsDto }) {
  const t = useTranslations("admin.visitSettings");
  const labels = Object.fromEntries(numbers.map(({ name }) => [name, t(`${name}.label`)]));
  const bounds = Object.fromEntries(numbers.map(({ name, min, max }) => [name, { min, max }]));
  return (
    <Form id="visit-settings" action={saveVisitSettingsAction} initialState={IDLE}>
      {(state) => (
        <AdminForm state={state} labels={labels} bounds={bounds} saved={t("saved")}>
          {({ values, errorOf }) => (
            <>
              <NumberSettings
                settings={numbers.map(({ name, value }) => ({
                  name,
                  value,
                  label: t(`${name}.label`),
                  hint: t(`${name}.hint`),
                }))}
                values={values}
                errorOf={errorOf}
              />
              {switches.map(({ name, isOn }) => (
                <Checkbox
                  key={name}
                  id={name}
                  name={name}
                  label={t(`${name}.label`)}
                  hint={t(`${name}.hint`)}
                  defaultChecked={values ? values[name] === "on" : isOn}
                />
              ))}
              <SubmitButton className="self-start">{t("submit")}</SubmitButton>
            </>
          )}
        </AdminForm>
      )}
    </Form>
  );
}
