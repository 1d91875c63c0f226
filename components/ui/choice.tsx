import { clsx } from "clsx";
import type { ComponentProps, ReactNode } from "react";
import { controlProps, FieldError, FieldHint } from "./field";
import { LiveBox } from "./live-parts";

const box =
  "peer size-6 shrink-0 appearance-none border-2 border-control bg-surface checked:border-accent checked:bg-accent disabled:cursor-not-allowed disabled:bg-sunken";

type ChoiceProps = Omit<ComponentProps<"input">, "type" | "id"> & {
  id: string;
  label: ReactNode;
  hint?: ReactNode;
  error?: ReactNode;
};

/** The line that a finger hits: the whole width of it presses the control. */
function ChoiceLine({
  id,
  label,
  hint,
  children,
}: {
  id: string;
  label: ReactNode;
  hint?: ReactNode;
  children: ReactNode;
}) {
  return (
    <div className="flex flex-col">
      <label htmlFor={id} className="flex min-h-control items-center gap-3">
        <span className="relative inline-flex">{children}</span>
        <span>{label}</span>
      </label>
      {hint ? (
        <div className="ps-9">
          <FieldHint id={id}>{hint}</FieldHint>
        </div>
      ) : null}
    </div>
  );
}

/** One yes-or-no, such as a consent. The browser's own checkbox, drawn by us. */
export function Checkbox({ id, label, hint, error, className, ...rest }: ChoiceProps) {
  const Element = rest.checked === undefined ? "input" : LiveBox;
  return (
    <div className={clsx(error && "border-s-4 border-harm ps-4", className)}>
      {error ? <FieldError id={id}>{error}</FieldError> : null}
      <ChoiceLine id={id} label={label} hint={hint}>
        <Element
          type="checkbox"
          className={clsx(box, "rounded-sm")}
          {...rest}
          {...controlProps(id, { hint, error })}
        />
        <svg
          aria-hidden="true"
          viewBox="0 0 24 24"
          className="pointer-events-none absolute inset-0 hidden size-6 fill-none stroke-on-accent stroke-3 peer-checked:block"
        >
          <path d="M6 12.5 10.5 17 18 8" strokeLinecap="round" strokeLinejoin="round" />
        </svg>
      </ChoiceLine>
    </div>
  );
}

/** One answer of a {@link RadioGroup}. Give the group's first radio the group's id, so that an error summary can reach it. */
export function Radio({ id, label, hint, className, ...rest }: Omit<ChoiceProps, "error">) {
  const Element = rest.checked === undefined ? "input" : LiveBox;
  return (
    <div className={className}>
      <ChoiceLine id={id} label={label} hint={hint}>
        <Element
          type="radio"
          className={clsx(box, "rounded-full")}
          {...rest}
          {...controlProps(id, { hint })}
        />
        <span
          aria-hidden="true"
          className="pointer-events-none absolute inset-0 m-auto hidden size-2.5 rounded-full bg-on-accent peer-checked:block"
        />
      </ChoiceLine>
    </div>
  );
}

/** One question with a few answers: a fieldset whose legend is the question. */
export function RadioGroup({
  id,
  legend,
  hint,
  error,
  className,
  children,
}: {
  /** Prefix of the hint's and error's ids; the first radio carries it as its own id. */
  id: string;
  legend: ReactNode;
  hint?: ReactNode;
  error?: ReactNode;
  className?: string;
  children: ReactNode;
}) {
  const wiring = controlProps(id, { hint, error });
  return (
    <fieldset
      aria-describedby={wiring["aria-describedby"]}
      className={clsx("flex flex-col gap-1", error && "border-s-4 border-harm ps-4", className)}
    >
      <legend className="mb-1 font-medium">{legend}</legend>
      {hint ? <FieldHint id={id}>{hint}</FieldHint> : null}
      {error ? <FieldError id={id}>{error}</FieldError> : null}
      {children}
    </fieldset>
  );
}
