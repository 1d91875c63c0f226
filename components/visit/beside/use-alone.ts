"use client";

import { type RefObject, useLayoutEffect } from "react";

/** What stands over the page with it (a panel, a question, a menu), and what is heard alone. */
const KEPT =
  "[role=dialog], [role=alertdialog], [role=menu], [aria-live]:not(:has(a, button, input, textarea))";

/** @yields everything beside the kept elements and whatever holds them, as high up as it goes */
function* asideFrom(kept: readonly Element[]): Generator<Element> {
  const open: Element[] = [document.body];
  for (let box = open.pop(); box; box = open.pop())
    for (const child of box.children) {
      if (kept.includes(child)) continue;
      if (kept.some((one) => child.contains(one))) open.push(child);
      else yield child;
    }
}

/**
 * Leaves the rest of the page to neither keys nor screen readers while something covers all of it: nobody can see where they are there.
 *
 * @param cover what covers the page, and can have the focus
 * @param isCovering whether it does at the moment
 * @param over changes whenever something else comes to stand over the page, or goes
 */
export function useAlone(cover: RefObject<HTMLElement | null>, isCovering: boolean, over: unknown): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: what stands over the page is looked up in it
  useLayoutEffect(() => {
    if (!isCovering || !cover.current) return;
    const kept = [cover.current, ...document.querySelectorAll(KEPT)];
    const aside = [...asideFrom(kept)].filter((element) => !element.hasAttribute("inert"));
    // A call may come by itself while somebody is at something else of the page.
    if (aside.some((element) => element.contains(document.activeElement))) cover.current.focus();
    for (const element of aside) element.setAttribute("inert", "");
    return () => {
      for (const element of aside) element.removeAttribute("inert");
    };
  }, [cover, isCovering, over]);
}
