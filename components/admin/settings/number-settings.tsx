import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";

type Setting = { name: string; value: string; label: string; hint: string };

/** Settings that are whole numbers, a field each. */
export function NumberSettings({
  settings,
  values,
  errorOf,
}: {
  settings: readonly Setting[];
  /** What was typed before, where the form came back. */
  values: Readonly<Record<string, string>> | null;
  errorOf: (name: string) => string | undefined;
}) {
  return settings.map(({ name, value, label, hint }) => (
    <Field key={name} id={name} label={label} hint={hint} error={errorOf(name)}>
      {(control) => (
        <Input
          {...control}
          name={name}
          required
          inputMode="numeric"
          autoComplete="off"
          defaultValue={values?.[name] ?? value}
          className="max-w-28 tabular-nums"
        />
      )}
    </Field>
  ));
}
