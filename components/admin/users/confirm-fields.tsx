"use client";

import { useTranslations } from "next-intl";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { Attempt } from "../admin-form";
import type { Confirm } from "./confirm-of";

/**
 * How an administrator shows that it is they who send a form.
 *
 * @param ids of the fields, which differ between the forms of one page
 */
export function ConfirmFields({
  confirm,
  ids = { password: "ownPassword", code: "code" },
  attempt,
}: {
  confirm: Confirm;
  ids?: { password: string; code: string };
  attempt: Attempt;
}) {
  const t = useTranslations("admin.user");
  return (
    <>
      {confirm.withPassword ? (
        <Field
          id={ids.password}
          label={t("ownPassword")}
          hint={t("confirm")}
          error={attempt.errorOf(ids.password)}
        >
          {(control) => (
            <Input
              {...control}
              name="ownPassword"
              type="password"
              autoComplete="current-password"
              required
              className="max-w-100"
            />
          )}
        </Field>
      ) : null}
      {confirm.withCode ? (
        <Field id={ids.code} label={t("code")} error={attempt.errorOf(ids.code)}>
          {(control) => (
            <Input
              {...control}
              name="code"
              autoComplete="one-time-code"
              autoCapitalize="none"
              spellCheck={false}
              required
              className="max-w-60 tabular-nums"
            />
          )}
        </Field>
      ) : null}
    </>
  );
}
