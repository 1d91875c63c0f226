import { clsx } from "clsx";
import { ChevronDown } from "lucide-react";
import type { ComponentProps } from "react";
import { LiveInput, LiveSelect, LiveTextarea } from "./live-parts";

const look =
  "w-full min-w-0 rounded-md border border-control bg-surface px-3 text-input text-ink placeholder:text-muted aria-invalid:border-2 aria-invalid:border-harm disabled:cursor-not-allowed disabled:bg-sunken disabled:text-muted focus-visible:outline-offset-0";

/** One line of text. Give it `autoComplete` and `inputMode`, so that a phone helps. */
export function Input({ className, type = "text", ...rest }: ComponentProps<"input">) {
  const Element = rest.onChange ? LiveInput : "input";
  return (
    <Element
      type={type}
      className={clsx(look, "min-h-control py-1 read-only:bg-sunken", className)}
      {...rest}
    />
  );
}

/** Several lines of text; grows with what is written where the browser can. */
export function Textarea({ className, rows = 4, ...rest }: ComponentProps<"textarea">) {
  return (
    <LiveTextarea
      rows={rows}
      className={clsx(look, "field-sizing-content min-h-24 py-2", className)}
      {...rest}
    />
  );
}

/** The browser's own list: it works without JavaScript and opens as each phone's readers know it. */
export function Select({ className, children, ...rest }: ComponentProps<"select">) {
  const Element = rest.onChange ? LiveSelect : "select";
  return (
    <span className={clsx("relative block", className)}>
      <Element className={clsx(look, "min-h-control appearance-none py-1 pe-10")} {...rest}>
        {children}
      </Element>
      <ChevronDown
        aria-hidden="true"
        className="pointer-events-none absolute inset-y-0 end-3 my-auto size-[1.15em] text-muted"
      />
    </span>
  );
}
