"use client";

import { useTranslations } from "next-intl";
import { EmailField } from "@/components/ui/contact-fields";
import { Form } from "@/components/ui/form";
import { SubmitButton } from "@/components/ui/submit-button";
import { findAccountAction } from "@/lib/admin/actions/users";
import { IDLE } from "@/lib/core/form";
import { AdminForm } from "../admin-form";

/** Leads on to the account of an address. The address is sent in the form's body: it has no place in the page's own. */
export function FindAccount() {
  const t = useTranslations("admin");
  const labels = { email: t("user.email") };
  return (
    <section aria-labelledby="find-account" className="flex max-w-lg flex-col gap-3">
      <div className="flex flex-col gap-1">
        <h2 id="find-account" className="text-lg font-semibold">
          {t("users.find.title")}
        </h2>
        <p className="text-muted">{t("users.find.lead")}</p>
      </div>
      <Form id="find-account-form" action={findAccountAction} initialState={IDLE}>
        {(state) => (
          <AdminForm state={state} labels={labels}>
            {({ values, errorOf }) => (
              <>
                <EmailField
                  label={labels.email}
                  error={errorOf("email")}
                  value={values?.email}
                  autoComplete="off"
                />
                <SubmitButton variant="secondary" className="self-start">
                  {t("users.find.submit")}
                </SubmitButton>
              </>
            )}
          </AdminForm>
        )}
      </Form>
    </section>
  );
}
