"use client";

import { clsx } from "clsx";
import * as Radix from "radix-ui/tabs";
import type { ComponentProps } from "react";

/** Panels of one page, one shown at a time. Where each panel is a page of its own, use links with `aria-current`. */
export const Tabs = Radix.Root;

export function TabList({ className, ...rest }: ComponentProps<typeof Radix.List>) {
  return (
    <Radix.List className={clsx("flex gap-1 overflow-x-auto border-b border-line", className)} {...rest} />
  );
}

export function Tab({ className, ...rest }: ComponentProps<typeof Radix.Trigger>) {
  return (
    <Radix.Trigger
      className={clsx(
        "-mb-px min-h-control border-b-2 border-transparent px-3 font-medium whitespace-nowrap text-muted hover:text-ink focus-visible:-outline-offset-2 data-[state=active]:border-accent data-[state=active]:text-accent",
        className,
      )}
      {...rest}
    />
  );
}

export function TabPanel({ className, ...rest }: ComponentProps<typeof Radix.Content>) {
  return <Radix.Content className={clsx("pt-4", className)} {...rest} />;
}
