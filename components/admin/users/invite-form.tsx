"use client";

import { useTranslations } from "next-intl";
import { EmailField } from "@/components/ui/contact-fields";
import { Field } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { Input, Select } from "@/components/ui/input";
import { SubmitButton } from "@/components/ui/submit-button";
import { inviteUserAction } from "@/lib/admin/actions/users";
import { IDLE } from "@/lib/core/form";
import { AdminForm } from "../admin-form";
import { ConfirmFields } from "./confirm-fields";
import type { Confirm } from "./confirm-of";
import { RoleBoxes } from "./role-boxes";

/**
 * Invites somebody who keeps schedules, or the clinic.
 *
 * @param locales the portal's languages by their own names, the one to begin with first
 */
export function InviteUserForm({
  locales,
  confirm,
}: {
  locales: readonly { locale: string; name: string }[];
  confirm: Confirm;
}) {
  const t = useTranslations("admin");
  const labels = {
    name: t("users.new.name"),
    email: t("fields.email"),
    locale: t("fields.locale"),
    ownPassword: t("user.ownPassword"),
    code: t("user.code"),
  };
  return (
    <Form id="invite-user" action={inviteUserAction} initialState={IDLE}>
      {(state) => (
        <AdminForm state={state} labels={labels}>
          {({ values, errorOf }) => (
            <>
              <Field id="name" label={labels.name} error={errorOf("name")}>
                {(control) => (
                  <Input {...control} name="name" autoComplete="off" required defaultValue={values?.name} />
                )}
              </Field>
              <EmailField
                label={labels.email}
                hint={t("fields.emailHint")}
                error={errorOf("email")}
                value={values?.email}
                autoComplete="off"
              />
              <Field id="locale" label={labels.locale} error={errorOf("locale")}>
                {(control) => (
                  <Select {...control} name="locale" defaultValue={values?.locale ?? locales[0]?.locale}>
                    {locales.map(({ locale, name }) => (
                      <option key={locale} value={locale} lang={locale}>
                        {name}
                      </option>
                    ))}
                  </Select>
                )}
              </Field>
              <RoleBoxes legend={t("users.new.roles")} given={["scheduler"]} values={values} />
              <ConfirmFields confirm={confirm} attempt={{ values, errorOf }} />
              <SubmitButton className="self-start">{t("users.new.submit")}</SubmitButton>
            </>
          )}
        </AdminForm>
      )}
    </Form>
  );
}
