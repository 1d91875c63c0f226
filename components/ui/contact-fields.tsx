import type { ReactNode } from "react";
import { Field } from "./field";
import { Input } from "./input";

type ContactFieldProps = {
  label: ReactNode;
  hint?: ReactNode;
  error?: ReactNode;
  /** What was typed before, when the page comes back without JavaScript. */
  value: string | undefined;
};

/** A person's full name: one line, in whatever order and alphabet. */
export const NameField = ({ label, hint, error, value }: ContactFieldProps) => (
  <Field id="name" label={label} hint={hint} error={error}>
    {(control) => (
      <Input
        {...control}
        name="name"
        autoComplete="name"
        required
        defaultValue={value}
        className="max-w-100"
      />
    )}
  </Field>
);

/**
 * An e-mail address.
 *
 * @param autoComplete `username` where somebody signs in with it, so that password managers know; `off` for somebody else's
 */
export const EmailField = ({
  label,
  hint,
  error,
  value,
  autoComplete = "email",
}: ContactFieldProps & { autoComplete?: "email" | "username" | "off" }) => (
  <Field id="email" label={label} hint={hint} error={error}>
    {(control) => (
      <Input
        {...control}
        name="email"
        type="email"
        autoComplete={autoComplete}
        spellCheck={false}
        required
        defaultValue={value}
        className="max-w-100"
      />
    )}
  </Field>
);

/** A telephone number, which nobody has to give. */
export const PhoneField = ({
  label,
  note,
  hint,
  error,
  value,
}: ContactFieldProps & {
  /** Says that it is optional. */
  note: ReactNode;
}) => (
  <Field id="phone" label={label} note={note} hint={hint} error={error}>
    {(control) => (
      <Input
        {...control}
        name="phone"
        type="tel"
        autoComplete="tel"
        defaultValue={value}
        className="max-w-60"
      />
    )}
  </Field>
);
