import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/input";

/** One of several, which must be chosen. */
export function Choice({
  id,
  label,
  error,
  value,
  choices,
}: {
  id: string;
  label: string;
  error: string | undefined;
  value: string;
  choices: readonly { value: string; label: string }[];
}) {
  return (
    <Field id={id} label={label} error={error}>
      {(control) => (
        <Select {...control} name={id} required defaultValue={value} className="max-w-100">
          {choices.map((choice) => (
            <option key={choice.value} value={choice.value}>
              {choice.label}
            </option>
          ))}
        </Select>
      )}
    </Field>
  );
}
