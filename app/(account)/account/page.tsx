import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { SessionList } from "@/components/account/session-list";
import { ClientMessages } from "@/components/layout/client-messages";
import { Link } from "@/components/ui/link";
import { Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page-header";
import { loadAccountPage } from "@/lib/auth/loaders";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("account.page");
  return { title: t("title"), robots: { index: false, follow: false } };
}

type Props = { searchParams: Promise<{ changed?: string | string[] }> };

/** Somebody's own account: how they sign in, and where they are signed in. */
export default async function AccountPage({ searchParams }: Props) {
  const { changed } = await searchParams;
  const [{ user, secondStep, sessions, proof }, t] = await Promise.all([
    loadAccountPage(),
    getTranslations("account"),
  ]);
  const hasPassword = proof === "password";
  const byProvider = proof === "provider" || proof === "provider_proved";
  return (
    <div className="flex flex-col gap-8">
      <PageHeader title={t("page.title")} lead={t("page.lead", { name: user.name, email: user.email })} />
      {changed === "password" || changed === "email" || changed === "profile" ? (
        <Notice tone="live" title={t(`${changed}.changed`)} announce="status">
          <p>{t(`${changed}.changedBody`)}</p>
        </Notice>
      ) : null}
      {user.roles.includes("patient") ? (
        <section aria-labelledby="own-profile" className="flex flex-col gap-2">
          <h2 id="own-profile" className="text-lg font-semibold">
            {t("profile.title")}
          </h2>
          <p>{t("profile.explain")}</p>
          <p>
            <Link href="/account/profile">{t("profile.go")}</Link>
          </p>
        </section>
      ) : null}
      <section aria-labelledby="own-email" className="flex flex-col gap-2">
        <h2 id="own-email" className="text-lg font-semibold">
          {t("email.title")}
        </h2>
        <p className="wrap-anywhere">{t("email.is", { email: user.email })}</p>
        {proof === "none" ? null : (
          <p>
            <Link href="/account/email">
              {t("email.change")}
              <span className="sr-only"> ({t("email.title")})</span>
            </Link>
          </p>
        )}
      </section>
      <section aria-labelledby="own-password" className="flex flex-col gap-2">
        <h2 id="own-password" className="text-lg font-semibold">
          {t("password.title")}
        </h2>
        <p>{t(hasPassword ? "password.set" : byProvider ? "password.provider" : "password.none")}</p>
        {proof === "none" ? null : (
          <p>
            <Link href="/account/password">
              {t(hasPassword ? "password.change" : "password.setFirst")}
              <span className="sr-only"> ({t("password.title")})</span>
            </Link>
          </p>
        )}
      </section>
      <section aria-labelledby="second-step" className="flex flex-col gap-2">
        <h2 id="second-step" className="text-lg font-semibold">
          {t("secondStep.title")}
        </h2>
        {secondStep ? (
          <>
            <p>{t("secondStep.on", { date: secondStep.setAt.shortDate })}</p>
            <p>{t("secondStep.codesLeft", { count: secondStep.codesLeft })}</p>
          </>
        ) : (
          <p>
            {t(
              hasPassword
                ? "secondStep.off"
                : byProvider
                  ? "secondStep.offProvider"
                  : "secondStep.needsPassword",
            )}
          </p>
        )}
        {hasPassword || byProvider || secondStep ? (
          <p>
            <Link href="/account/second-step">
              {t(secondStep ? "secondStep.manage" : "secondStep.setUp")}
              <span className="sr-only"> ({t("secondStep.title")})</span>
            </Link>
          </p>
        ) : null}
      </section>
      {user.roles.includes("patient") ? (
        <section aria-labelledby="own-data" className="flex flex-col gap-2">
          <h2 id="own-data" className="text-lg font-semibold">
            {t("data.title")}
          </h2>
          <p>{t("data.explain")}</p>
          <p>
            <Link href="/account/data">{t("data.go")}</Link>
          </p>
          <EraseOwnData />
        </section>
      ) : null}
      {user.roles.includes("patient") ? <OwnRecord /> : null}
      <ClientMessages namespaces={["auth", "account"]}>
        <SessionList sessions={sessions} />
      </ClientMessages>
    </div>
  );
}

/** The way to having all of it removed. */
async function EraseOwnData() {
  const t = await getTranslations("privacy.erasure.own");
  return (
    <p>
      <Link href="/account/erasure">{t("link")}</Link>
    </p>
  );
}

/** The way to who opened and changed a patient's record. */
async function OwnRecord() {
  const t = await getTranslations("trail.own");
  return (
    <section aria-labelledby="own-record" className="flex flex-col gap-2">
      <h2 id="own-record" className="text-lg font-semibold">
        {t("section")}
      </h2>
      <p>
        <Link href="/account/access">{t("link")}</Link>
      </p>
    </section>
  );
}
