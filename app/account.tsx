import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { AccountMenu } from "@/components/account/account-menu";
import { loadSession } from "@/lib/auth/loaders";
import { homeOf } from "@/lib/auth/rules";

/**
 * The end of the header of a patients' page for whoever is signed in, for `SiteFrame`'s `account`.
 *
 * @returns nothing for a visitor without a session, to whom the frame offers to sign in
 */
export async function loadAccountMenu(): Promise<ReactNode> {
  const session = await loadSession();
  if (!session) return undefined;
  const [account, layout] = await Promise.all([getTranslations("account"), getTranslations("layout")]);
  const href = homeOf(session.user.roles);
  const labels: Readonly<Record<string, string>> = {
    "/agenda": account("agenda"),
    "/admin": account("administration"),
  };
  return (
    <AccountMenu home={{ href, label: labels[href] ?? layout("myVisits") }} userName={session.user.name} />
  );
}
