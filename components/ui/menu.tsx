"use client";

import { clsx } from "clsx";
import * as DropdownMenu from "radix-ui/dropdown-menu";
import type { ComponentProps, ReactNode } from "react";

/**
 * Further actions behind one button. Not modal: it leaves the page's scroll alone, and so adds no style to the page,
 * which the content security policy would refuse. Its list stays beside the button in the document, so that it belongs
 * to the same landmark.
 *
 * @param trigger a `Button`; an icon alone needs an `aria-label`
 */
export function Menu({
  trigger,
  align = "end",
  children,
}: {
  trigger: ReactNode;
  align?: "start" | "end";
  children: ReactNode;
}) {
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Content
        align={align}
        sideOffset={4}
        collisionPadding={8}
        className="z-50 min-w-48 animate-appear rounded-md border border-line bg-raised p-1 shadow-float"
      >
        {children}
      </DropdownMenu.Content>
    </DropdownMenu.Root>
  );
}

/** One action; with `asChild` around a link, one place to go. `harm` for what destroys. */
export function MenuItem({
  harm = false,
  className,
  ...rest
}: ComponentProps<typeof DropdownMenu.Item> & { harm?: boolean }) {
  return (
    <DropdownMenu.Item
      className={clsx(
        "flex min-h-control cursor-pointer items-center gap-2 rounded-sm px-3 text-body outline-none select-none data-disabled:pointer-events-none data-disabled:opacity-60",
        harm ? "text-harm data-highlighted:bg-harm-soft" : "data-highlighted:bg-sunken",
        className,
      )}
      {...rest}
    />
  );
}

export function MenuLine() {
  return <DropdownMenu.Separator className="my-1 h-px bg-line" />;
}
