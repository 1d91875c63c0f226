import "./globals.css";
import cyrillic from "@fontsource-variable/inter/files/inter-cyrillic-wght-normal.woff2";
import latin from "@fontsource-variable/inter/files/inter-latin-wght-normal.woff2";
import type { Metadata, Viewport } from "next";
import { cookies, headers } from "next/headers";
import { getLocale, getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { preload } from "react-dom";
import { ClientMessages } from "@/components/layout/client-messages";
import { ClinicProvider } from "@/components/layout/clinic-context";
import { TimeZoneCookie } from "@/components/layout/time-zone-cookie";
import { EARLY_SCRIPT } from "@/components/ui/early";
import { env } from "@/lib/core/env";
import { directionOf, type Locale } from "@/lib/i18n/locales";
import { PREFERENCE_SECONDS, preferenceCookie } from "@/lib/i18n/preferences";
import { loadTheme } from "@/lib/i18n/viewer";
import { nonceOf } from "@/lib/security/csp";

/** No page is made at build time: nonce, language, zone and clinic are known only when somebody asks. */
export const dynamic = "force-dynamic";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("layout");
  const clinic = env().CLINIC_NAME;
  return {
    title: { default: clinic, template: t("title", { page: "%s", clinic }) },
    description: t("description"),
    applicationName: clinic,
    /** Phones would turn times and ids into links, and change the page under React's hands. */
    formatDetection: { telephone: false, date: false, email: false, address: false },
  };
}

export const viewport: Viewport = {
  width: "device-width",
  initialScale: 1,
  viewportFit: "cover",
  interactiveWidget: "resizes-content",
};

/** The letters that the first words of a page are set in; the stylesheet asks for the others when they occur. */
function preloadLetters(locale: Locale) {
  for (const file of locale === "ru" ? [cyrillic, latin] : [latin]) {
    preload(file, { as: "font", type: "font/woff2", crossOrigin: "anonymous" });
  }
}

export default async function RootLayout({ children }: { children: ReactNode }) {
  const [locale, theme, sent, asked] = await Promise.all([getLocale(), loadTheme(), cookies(), headers()]);
  preloadLetters(locale);
  const { CLINIC_NAME, CLINIC_PHONE, PORTAL_URL } = env();
  const timeZoneCookie = preferenceCookie("timezone");
  return (
    <html lang={locale} dir={directionOf(locale)} data-theme={theme === "system" ? undefined : theme}>
      <body>
        {/* Browsers hide a nonce from whoever reads the page, React included. */}
        <script nonce={nonceOf(asked.get("Content-Security-Policy"))} suppressHydrationWarning>
          {EARLY_SCRIPT}
        </script>
        <ClinicProvider clinic={{ name: CLINIC_NAME, phone: CLINIC_PHONE }}>
          <ClientMessages>{children}</ClientMessages>
        </ClinicProvider>
        <TimeZoneCookie
          name={timeZoneCookie}
          known={sent.get(timeZoneCookie)?.value}
          maxAgeSeconds={PREFERENCE_SECONDS}
          secure={PORTAL_URL.startsWith("https:")}
        />
      </body>
    </html>
  );
}
