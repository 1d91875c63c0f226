import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Brand } from "./brand";
import { DemoBanner } from "./demo-banner";
import { LanguageSwitch } from "./language-switch";
import type { NavigationItem } from "./navigation";
import type { ShellProps } from "./site-shell";
import { MAIN_ID, SkipLink } from "./skip-link";
import { StaffNavigation } from "./staff-navigation";
import { ThemeSwitch } from "./theme-switch";

/**
 * The staff's workspace: dense, the whole width of the screen, everything a click away. It sets the page's density, also
 * for the dialogs and menus that open outside of it.
 *
 * @param person who is signed in, in words
 * @param account what that person can do about it: "Sign out"
 * @param asks what somebody asks of them, above every page and out of what scrolls
 */
export function StaffShell({
  clinicName,
  theme,
  languages,
  demo,
  homeHref,
  navigation,
  person,
  account,
  asks,
  children,
}: Omit<ShellProps, "clinicPhone"> & {
  homeHref: string;
  navigation: readonly NavigationItem[];
  person: string;
  account?: ReactNode;
  asks?: ReactNode;
  children: ReactNode;
}) {
  const t = useTranslations("layout");
  return (
    <div data-density="staff" className="flex min-h-dvh flex-col lg:h-dvh">
      <SkipLink />
      {demo ? <DemoBanner mailboxUrl={demo.mailboxUrl} /> : null}
      <div className="flex grow flex-col lg:min-h-0 lg:flex-row">
        <header className="flex flex-wrap items-center justify-between gap-x-4 border-b border-line bg-surface px-4 py-1 lg:w-56 lg:shrink-0 lg:flex-col lg:flex-nowrap lg:items-stretch lg:justify-start lg:gap-4 lg:border-e lg:border-b-0 lg:p-3">
          <Brand clinicName={clinicName} homeLabel={t("home", { clinic: clinicName })} href={homeHref} />
          <StaffNavigation label={t("navigation")} items={navigation} />
          <div className="ms-auto flex flex-wrap items-center justify-end gap-x-2 gap-y-1 lg:ms-0 lg:mt-auto lg:justify-between lg:border-t lg:border-line lg:pt-3">
            <p className="hidden w-full truncate px-1 font-medium lg:block">{person}</p>
            <LanguageSwitch languages={languages} className="lg:-ms-2" />
            <ThemeSwitch theme={theme} className="hidden sm:block" />
            {account}
          </div>
        </header>
        <div className="flex min-w-0 grow flex-col lg:min-h-0">
          {asks}
          <main
            id={MAIN_ID}
            tabIndex={-1}
            className="min-w-0 grow px-4 pt-4 pb-20 lg:min-h-0 lg:overflow-y-auto lg:px-6 lg:pb-6"
          >
            {children}
          </main>
        </div>
      </div>
    </div>
  );
}
