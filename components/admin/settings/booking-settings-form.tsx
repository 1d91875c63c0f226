"use client";

import { useTranslations } from "next-intl";
import { Form } from "@/components/ui/form";
import { SubmitButton } from "@/components/ui/submit-button";
import { saveBookingSettingsAction } from "@/lib/booking/actions/settings";
import type { BookingSettings } from "@/lib/booking/types/settings";
import { IDLE } from "@/lib/core/form";
import { AdminForm } from "../admin-form";
import { NumberSettings } from "./number-settings";

type Setting = { name: keyof BookingSettings; value: string; min: number; max: number };

/** How long times are held and offered, and how many anybody may hold. */
export function BookingSettingsForm({ settings }: { settings: readonly Setting[] }) {
  const t = useTranslations("admin.settings");
  const labels = Object.fromEntries(settings.map(({ name }) => [name, t(`${name}.label`)]));
  const bounds = Object.fromEntries(settings.map(({ name, min, max }) => [name, { min, max }]));
  return (
    <Form id="booking-settings" action={saveBookingSettingsAction} initialState={IDLE}>
      {(state) => (
        <AdminForm state={state} labels={labels} bounds={bounds} saved={t("saved")}>
          {({ values, errorOf }) => (
            <>
              <NumberSettings
                settings={settings.map(({ name, value }) => ({
                  name,
                  value,
                  label: t(`${name}.label`),
                  hint: t(`${name}.hint`),
                }))}
                values={values}
                errorOf={errorOf}
              />
              <SubmitButton className="self-start">{t("submit")}</SubmitButton>
            </>
          )}
        </AdminForm>
      )}
    </Form>
  );
}
