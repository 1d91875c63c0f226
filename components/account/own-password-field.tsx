"use client";

import { useTranslations } from "next-intl";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";

/** The password once more, before an account is changed. */
export function OwnPasswordField({ error }: { error: string | undefined }) {
  const t = useTranslations("account.secondStep");
  return (
    <Field id="password" label={t("password")} hint={t("passwordHint")} error={error}>
      {(control) => (
        <Input
          {...control}
          name="password"
          type="password"
          autoComplete="current-password"
          required
          className="max-w-100"
        />
      )}
    </Field>
  );
}
