import type { ReactNode } from "react";
import { SiteFrame } from "@/app/frames";

/** A personal link is nobody's account: it shows no sign-in and remembers nothing. */
export default function PersonalLinkLayout({ children }: { children: ReactNode }) {
  return <SiteFrame account={null}>{children}</SiteFrame>;
}
