"use client";

import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { AccountForm } from "@/components/account/account-form";
import { NameField, PhoneField } from "@/components/ui/contact-fields";
import { Form } from "@/components/ui/form";
import { SubmitButton } from "@/components/ui/submit-button";
import { IDLE } from "@/lib/core/form";
import { correctProfileAction } from "@/lib/privacy/actions";
import type { ProfilePage } from "@/lib/privacy/types";
import { Choice } from "./choice";

/** Who a patient is and how they are written to, to be corrected by them or by whoever speaks for them. */
export function ProfileForm({ profile, zones, languages }: Omit<ProfilePage, "others">) {
  const t = useTranslations("account.profile");
  const labels = useMemo(
    () => ({ name: t("name"), phone: t("phone"), locale: t("locale"), timeZone: t("timeZone") }),
    [t],
  );
  return (
    <Form id={`profile-${profile.patientId}`} action={correctProfileAction} initialState={IDLE}>
      {(state) => (
        <AccountForm state={state} labels={labels} passwordLength={0}>
          {({ values, errorOf }) => (
            <>
              <input type="hidden" name="patientId" value={profile.patientId} />
              <input type="hidden" name="version" value={profile.version} />
              <NameField
                label={labels.name}
                hint={t("nameHint")}
                error={errorOf("name")}
                value={values.name ?? profile.name}
              />
              <PhoneField
                label={labels.phone}
                note={t("optional")}
                error={errorOf("phone")}
                value={values.phone ?? profile.phone}
              />
              <Choice
                id="locale"
                label={labels.locale}
                error={errorOf("locale")}
                value={values.locale ?? profile.locale}
                choices={languages.map(({ value, name }) => ({ value, label: name }))}
              />
              <Choice
                id="timeZone"
                label={labels.timeZone}
                error={errorOf("timeZone")}
                value={values.timeZone ?? profile.timeZone}
                choices={zones}
              />
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
