"use client";

import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { NameField } from "@/components/ui/contact-fields";
import { registerAction } from "@/lib/auth/actions/email-link";
import type { Attempt } from "./account-form";
import { AddressRequest } from "./address-request";

/** Asks for the name and the address of somebody who wants an account. */
export function RegisterForm() {
  const t = useTranslations("auth.register");
  const before = useMemo(
    () => ({
      labels: { name: t("name") },
      fields: ({ values, errorOf }: Attempt) => (
        <NameField label={t("name")} error={errorOf("name")} value={values.name} />
      ),
    }),
    [t],
  );
  return (
    <AddressRequest
      id="register"
      action={registerAction}
      before={before}
      words={{
        email: t("email"),
        submit: t("submit"),
        sentTitle: t("sentTitle"),
        sentBody: t("sentBody"),
        notYet: t("notYet"),
      }}
    />
  );
}
