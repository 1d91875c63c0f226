import type { ReactNode } from "react";
import { hasRole } from "@/lib/access/rules";
import { loadSession } from "@/lib/auth/loaders";
import { loadAccountMenu } from "../account";
import { PractitionerAsks } from "../asks";
import { SiteFrame } from "../frames";

/** What everybody with an account has, whatever else they do in the portal. */
export default async function AccountLayout({ children }: { children: ReactNode }) {
  const session = await loadSession();
  return (
    <SiteFrame account={await loadAccountMenu()}>
      {session && hasRole(session.actor, "practitioner") ? <PractitionerAsks /> : null}
      {children}
    </SiteFrame>
  );
}
