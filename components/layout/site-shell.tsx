import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Link } from "@/components/ui/link";
import type { Language, Theme } from "@/lib/i18n/types";
import { Brand } from "./brand";
import { DemoBanner } from "./demo-banner";
import { LanguageSwitch } from "./language-switch";
import { PhoneLink } from "./phone-link";
import { MAIN_ID, SkipLink } from "./skip-link";
import { ThemeSwitch } from "./theme-switch";

export type ShellProps = {
  clinicName: string;
  clinicPhone: string | undefined;
  theme: Theme;
  /** The languages to change to: all but the one in use. */
  languages: readonly Language[];
  /** Present in the demonstration only. */
  demo: { mailboxUrl: string | undefined } | undefined;
};

/**
 * The frame of every page that a patient sees. One column, the page's own action in reach of the thumb, the phone
 * number always at its end.
 *
 * @param account at the end of the header: "Sign in", or "My visits" and "Sign out"
 */
export function SiteShell({
  clinicName,
  clinicPhone,
  theme,
  languages,
  demo,
  account,
  children,
}: ShellProps & { account?: ReactNode; children: ReactNode }) {
  const t = useTranslations("layout");
  const lost = useTranslations("change.lostLink");
  return (
    <div className="flex min-h-dvh flex-col">
      <SkipLink />
      {demo ? <DemoBanner mailboxUrl={demo.mailboxUrl} /> : null}
      <header className="border-b border-line bg-surface">
        <div className="mx-auto flex max-w-4xl items-center justify-between gap-x-2 px-4 py-1.5">
          <Brand clinicName={clinicName} homeLabel={t("home", { clinic: clinicName })} />
          <div className="-me-2.5 flex shrink-0 items-center sm:gap-x-1">
            <LanguageSwitch languages={languages} />
            {account}
          </div>
        </div>
      </header>
      <main id={MAIN_ID} tabIndex={-1} className="mx-auto w-full max-w-4xl grow px-4 py-6 sm:py-10">
        {children}
      </main>
      <footer className="border-t border-line bg-sunken">
        <div className="mx-auto flex max-w-4xl flex-col gap-5 px-4 py-6 sm:flex-row sm:items-start sm:justify-between">
          <div className="measure flex flex-col gap-3">
            {clinicPhone ? (
              <p>
                {t("footer.help")}: <PhoneLink phone={clinicPhone} />
              </p>
            ) : null}
            <p>
              <Link href="/lost-link">{lost("link")}</Link>
            </p>
            <p className="text-sm text-muted">
              <strong className="font-semibold text-ink">{t("footer.emergencyTitle")}.</strong>{" "}
              {t("footer.emergency")}
            </p>
          </div>
          <ThemeSwitch theme={theme} className="shrink-0" />
        </div>
      </footer>
    </div>
  );
}
