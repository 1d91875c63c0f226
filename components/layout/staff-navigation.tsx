"use client";

import { clsx } from "clsx";
import NextLink from "next/link";
import { usePathname } from "next/navigation";
import { currentItem, type NavigationItem } from "./navigation";

/** The staff's places: a column at the side of a desk's screen, a bar under the thumb on a phone. */
export function StaffNavigation({ label, items }: { label: string; items: readonly NavigationItem[] }) {
  const current = currentItem(items, usePathname());
  return (
    <nav
      aria-label={label}
      className="fixed inset-x-0 bottom-0 z-30 border-t border-line bg-surface pb-[env(safe-area-inset-bottom)] lg:static lg:border-0 lg:bg-transparent lg:pb-0"
    >
      <ul className="flex overflow-x-auto lg:flex-col lg:gap-0.5">
        {items.map((item) => (
          <li key={item.href} className="min-w-20 flex-1 lg:min-w-0 lg:flex-none">
            <NextLink
              href={item.href}
              aria-current={item === current ? "page" : undefined}
              className={clsx(
                "relative flex min-h-14 flex-col items-center justify-center gap-0.5 px-1 py-1 text-xs focus-visible:-outline-offset-2 lg:min-h-control lg:flex-row lg:justify-start lg:gap-2.5 lg:rounded-md lg:px-2.5 lg:text-body [&_svg]:size-5 [&_svg]:shrink-0 lg:[&_svg]:size-4",
                item === current
                  ? "font-semibold text-accent lg:bg-accent-soft"
                  : "text-muted hover:bg-sunken hover:text-ink",
              )}
            >
              {item.icon}
              <span className="line-clamp-2 max-w-full text-center leading-tight lg:line-clamp-none lg:text-start lg:leading-normal">
                {item.label}
              </span>
              {item.badge ? (
                <span className="absolute start-1/2 top-0.5 ms-1.5 lg:static lg:ms-0">{item.badge}</span>
              ) : null}
            </NextLink>
          </li>
        ))}
      </ul>
    </nav>
  );
}
