import { clsx } from "clsx";
import type { ComponentProps } from "react";

/** A thing among others of its kind. Borders hold it; only what floats has a shadow. */
export function Card({ className, ...rest }: ComponentProps<"div">) {
  return <div className={clsx("rounded-md border border-line bg-surface p-card", className)} {...rest} />;
}
