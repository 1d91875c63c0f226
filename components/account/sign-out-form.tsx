"use client";

import type { ReactNode } from "react";
import { forgetTab } from "@/components/ui/tab-storage";
import { signOutAction } from "@/lib/auth/actions/sign-in";

/** The way out, which takes along what was typed in this tab: the next person at this device finds none of it. */
export function SignOutForm({ children }: { children: ReactNode }) {
  return (
    <form action={signOutAction} onSubmit={forgetTab} className="grid">
      {children}
    </form>
  );
}
