"use client";

import { createContext, type ReactNode, useContext } from "react";

const ShownContext = createContext(true);

/** Says to what is below whether it can be seen: what something else covers is on the page, and read by nobody. */
export function Shown({ isShown, children }: { isShown: boolean; children: ReactNode }) {
  return <ShownContext value={isShown}>{children}</ShownContext>;
}

export const useShown = (): boolean => useContext(ShownContext);
