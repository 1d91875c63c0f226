import type { ReactNode } from "react";

export type NavigationItem = {
  href: string;
  label: string;
  /** An icon element, such as `<CalendarDays aria-hidden="true" />`. */
  icon: ReactNode;
  /** What waits there, such as a number. */
  badge?: ReactNode;
};

/** The item whose address is the longest beginning of the page's, so that a page below a section keeps it lit. */
export function currentItem(items: readonly NavigationItem[], pathname: string): NavigationItem | undefined {
  return items
    .filter(({ href }) => pathname === href || pathname.startsWith(`${href}/`))
    .sort((left, right) => right.href.length - left.href.length)[0];
}
