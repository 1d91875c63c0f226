"use client";

import { useTranslations } from "next-intl";
import type { ComponentProps } from "react";
import { useFormStatus } from "react-dom";
import { Button } from "./button";

/**
 * A form's button. While the form is being sent every submit button of it does nothing, and the one that was pressed
 * (told apart by `name` and `value`) shows the spinner and says so to screen readers.
 */
export function SubmitButton({
  variant = "primary",
  children,
  name,
  value,
  ...rest
}: Omit<ComponentProps<typeof Button>, "pending" | "type" | "onClick">) {
  const t = useTranslations("common");
  const { pending, data } = useFormStatus();
  const pressed = pending && (name === undefined || data?.get(name) === String(value ?? ""));
  return (
    <Button
      {...rest}
      type={pending ? "button" : "submit"}
      aria-disabled={pending || undefined}
      name={name}
      value={value}
      variant={variant}
      pending={pressed}
    >
      {children}
      <span role="status" className="sr-only">
        {pressed ? t("pending") : ""}
      </span>
    </Button>
  );
}
