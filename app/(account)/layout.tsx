import type { ReactNode } from "react";
import { loadAccountMenu } from "../account";
import { SiteFrame } from "../frames";

/** What everybody with an account has, whatever else they do in the portal. */
export default async function AccountLayout({ children }: { children: ReactNode }) {
  return <SiteFrame account={await loadAccountMenu()}>{children}</SiteFrame>;
}
