"use client";

import { useTranslations } from "next-intl";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";

/** The password once more, before an account is changed. */
export function OwnPasswordField({
  error,
  id = "password",
}: {
  error: string | undefined;
  /** Also its name; another where a new password stands beside it. */
  id?: string;
}) {
  const t = useTranslations("account.secondStep");
  return (
    <Field id={id} label={t("password")} hint={t("passwordHint")} error={error}>
      {(control) => (
        <Input
          {...control}
          name={id}
          type="password"
          autoComplete="current-password"
          required
          className="max-w-100"
        />
      )}
    </Field>
  );
}
