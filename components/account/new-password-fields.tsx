"use client";

import { useTranslations } from "next-intl";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";

/** A new password, twice. What was typed never comes back in a page. */
export function NewPasswordFields({
  passwordLength,
  errorOf,
}: {
  passwordLength: number;
  errorOf: (fieldId: string) => string | undefined;
}) {
  const t = useTranslations("auth.newPassword");
  return (
    <>
      <Field
        id="password"
        label={t("label")}
        hint={t("hint", { count: passwordLength })}
        error={errorOf("password")}
      >
        {(control) => (
          <Input
            {...control}
            name="password"
            type="password"
            autoComplete="new-password"
            required
            className="max-w-100"
          />
        )}
      </Field>
      <Field id="repeat" label={t("repeat")} error={errorOf("repeat")}>
        {(control) => (
          <Input
            {...control}
            name="repeat"
            type="password"
            autoComplete="new-password"
            required
            className="max-w-100"
          />
        )}
      </Field>
    </>
  );
}
