"use client";

import { type MouseEvent, useEffect, useRef } from "react";

export type FieldProblem = {
  /** The id of the control to mend. */
  fieldId: string;
  message: string;
};

/**
 * Everything that is wrong with a form, at its top, each line a link to its field (after the GOV.UK pattern). It takes
 * the focus whenever a new list arrives, so that it is read out and seen. Renders nothing for an empty list.
 */
export function ErrorSummary({ title, problems }: { title: string; problems: readonly FieldProblem[] }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (problems.length > 0) box.current?.focus();
  }, [problems]);
  if (problems.length === 0) return null;

  /** A fragment alone scrolls the control to the very top and hides its label; this shows both and starts typing. */
  const goToField = (event: MouseEvent, fieldId: string) => {
    const control = document.getElementById(fieldId);
    if (!control) return;
    event.preventDefault();
    (control.closest("fieldset") ?? control.closest("[data-field]") ?? control).scrollIntoView();
    control.focus({ preventScroll: true });
  };

  return (
    <div
      ref={box}
      role="alert"
      tabIndex={-1}
      // biome-ignore lint/a11y/noAutofocus: without JavaScript the page comes back whole, and this is what changed
      autoFocus
      className="flex flex-col gap-2 rounded-md border-2 border-harm bg-surface p-card"
    >
      <h2 className="text-lg font-semibold">{title}</h2>
      <ul className="flex flex-col gap-1">
        {problems.map(({ fieldId, message }) => (
          <li key={fieldId}>
            <a
              href={`#${fieldId}`}
              onClick={(event) => goToField(event, fieldId)}
              className="font-medium text-harm underline underline-offset-4 hover:text-harm-strong"
            >
              {message}
            </a>
          </li>
        ))}
      </ul>
    </div>
  );
}
