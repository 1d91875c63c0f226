import { clsx } from "clsx";
import { CircleAlert } from "lucide-react";
import type { ReactNode } from "react";

/** What a control needs to be tied to its label, hint and error. */
export type ControlProps = {
  id: string;
  "aria-describedby": string | undefined;
  "aria-invalid": true | undefined;
};

/** The id of a field's control, which an `ErrorSummary` links to: the field's own id. */
const hintId = (id: string) => `${id}-hint`;
const errorId = (id: string) => `${id}-error`;

/**
 * The wiring between a control and the words around it: the hint is read first, then the error.
 *
 * @param id the control's id, unique on the page
 */
export function controlProps(
  id: string,
  { hint, error }: { hint?: ReactNode; error?: ReactNode },
): ControlProps {
  const described = [hint ? hintId(id) : "", error ? errorId(id) : ""].filter(Boolean).join(" ");
  return { id, "aria-describedby": described || undefined, "aria-invalid": error ? true : undefined };
}

export function FieldHint({ id, children }: { id: string; children: ReactNode }) {
  return (
    <p id={hintId(id)} className="measure text-muted">
      {children}
    </p>
  );
}

export function FieldError({ id, children }: { id: string; children: ReactNode }) {
  return (
    <p id={errorId(id)} className="flex items-start gap-1.5 font-medium text-harm">
      <CircleAlert aria-hidden="true" className="mt-[0.2em] size-[1em] shrink-0" />
      <span>{children}</span>
    </p>
  );
}

type FieldProps = {
  /** The control's id; an error summary links to it. */
  id: string;
  label: ReactNode;
  /** Beside the label, such as "(optional)". */
  note?: ReactNode;
  /** Help that is always shown. */
  hint?: ReactNode;
  /** What is wrong and how to mend it; absent when nothing is. */
  error?: ReactNode;
  className?: string;
  children: (control: ControlProps) => ReactNode;
};

/**
 * One question: label, hint, error, control, in that order, tied together for screen readers.
 *
 * @example
 * <Field id="email" label={t("email")} error={errors.email}>
 *   {(control) => <Input {...control} name="email" type="email" autoComplete="email" />}
 * </Field>
 */
export function Field({ id, label, note, hint, error, className, children }: FieldProps) {
  return (
    <div
      className={clsx("flex flex-col gap-1", error && "border-s-4 border-harm ps-4", className)}
      data-field={id}
    >
      <label htmlFor={id} className="font-medium">
        {label}
        {note ? <span className="font-normal text-muted"> {note}</span> : null}
      </label>
      {hint ? <FieldHint id={id}>{hint}</FieldHint> : null}
      {error ? <FieldError id={id}>{error}</FieldError> : null}
      {children(controlProps(id, { hint, error }))}
    </div>
  );
}
