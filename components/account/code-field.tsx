"use client";

import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";

/** A code of an authenticator app. Not a field for digits alone where a recovery code may stand in. */
export function CodeField({
  label,
  hint,
  error,
  digitsOnly = false,
}: {
  label: string;
  hint?: string;
  error: string | undefined;
  digitsOnly?: boolean;
}) {
  return (
    <Field id="code" label={label} hint={hint} error={error}>
      {(control) => (
        <Input
          {...control}
          name="code"
          inputMode={digitsOnly ? "numeric" : undefined}
          autoComplete="one-time-code"
          autoCapitalize="none"
          spellCheck={false}
          required
          className="max-w-60 tabular-nums"
        />
      )}
    </Field>
  );
}
