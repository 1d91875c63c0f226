import { getLocale, getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import type { NavigationItem } from "@/components/layout/navigation";
import { type ShellProps, SiteShell } from "@/components/layout/site-shell";
import { StaffShell } from "@/components/layout/staff-shell";
import { Button, ButtonLink } from "@/components/ui/button";
import { signOutAction } from "@/lib/auth/actions/sign-in";
import { env } from "@/lib/core/env";
import { otherLanguages } from "@/lib/i18n/locales";
import { loadTheme } from "@/lib/i18n/viewer";

async function loadShell(): Promise<ShellProps> {
  const [locale, theme] = await Promise.all([getLocale(), loadTheme()]);
  const { CLINIC_NAME, CLINIC_PHONE, PORTAL_MODE, MAILBOX_URL } = env();
  return {
    clinicName: CLINIC_NAME,
    clinicPhone: CLINIC_PHONE,
    theme,
    languages: otherLanguages(locale),
    demo: PORTAL_MODE === "demonstration" ? { mailboxUrl: MAILBOX_URL } : undefined,
  };
}

/**
 * The patients' frame with this installation's clinic in it, for the layouts of their route groups.
 *
 * @param account at the end of the header; "Sign in" when left out
 */
export async function SiteFrame({ account, children }: { account?: ReactNode; children: ReactNode }) {
  const [shell, t] = await Promise.all([loadShell(), getTranslations("layout")]);
  const signIn = (
    <ButtonLink href="/sign-in" variant="quiet" className="px-2.5">
      {t("signIn")}
    </ButtonLink>
  );
  return (
    <SiteShell {...shell} account={account ?? signIn}>
      {children}
    </SiteShell>
  );
}

/** The staff's frame with this installation's clinic in it, the account and the way out; see `StaffShell` for the rest. */
export async function StaffFrame({
  children,
  ...rest
}: {
  homeHref: string;
  navigation: readonly NavigationItem[];
  person: string;
  asks?: ReactNode;
  children: ReactNode;
}) {
  const [shell, t] = await Promise.all([loadShell(), getTranslations("layout")]);
  const own = await getTranslations("account.page");
  const account = (
    <>
      <ButtonLink href="/account" variant="quiet" size="sm">
        {own("link")}
      </ButtonLink>
      <form action={signOutAction}>
        <Button type="submit" variant="quiet" size="sm">
          {t("signOut")}
        </Button>
      </form>
    </>
  );
  return (
    <StaffShell {...shell} {...rest} account={account}>
      {children}
    </StaffShell>
  );
}
