import type { ReactNode } from "react";
import { loadAccountMenu } from "../account";
import { SiteFrame } from "../frames";

export default async function PublicLayout({ children }: { children: ReactNode }) {
  return <SiteFrame account={await loadAccountMenu()}>{children}</SiteFrame>;
}
