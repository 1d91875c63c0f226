import { useTranslations } from "next-intl";
import { ClientMessages } from "@/components/layout/client-messages";
import { Card } from "@/components/ui/card";
import { DescriptionList } from "@/components/ui/description-list";
import { Link } from "@/components/ui/link";
import { Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page-header";
import type { AccountPage } from "@/lib/admin/types/users";
import { AccountForms } from "./account-forms";
import { AccountStanding, useRoles } from "./account-table";

/** One account: what is known of it, and what can be done about it. */
export function AccountScreen({ page }: { page: AccountPage }) {
  const t = useTranslations("admin");
  const rolesOf = useRoles();
  const { account, sessions, practitionerId, isOwn } = page;
  const { name, email, roles, standing, hasSecondStep, lastSeenAt } = account;
  return (
    <div className="flex max-w-2xl flex-col gap-6">
      <PageHeader title={name} back={<Link href="/admin/users">{t("user.back")}</Link>} />
      <Card>
        <DescriptionList
          items={[
            { key: "email", term: t("user.email"), details: <span className="break-all">{email}</span> },
            { key: "roles", term: t("users.roles"), details: rolesOf(roles) },
            { key: "state", term: t("users.state"), details: <AccountStanding standing={standing} /> },
            {
              key: "secondStep",
              term: t("users.secondStep"),
              details: t(hasSecondStep ? "users.withSecondStep" : "users.withoutSecondStep"),
            },
            {
              key: "lastSeen",
              term: t("users.lastSeen"),
              details: lastSeenAt
                ? t("users.seen", { date: lastSeenAt.shortDate, time: lastSeenAt.time })
                : t("users.never"),
            },
            {
              key: "sessions",
              term: t("user.sessions"),
              details: t("user.sessionsCount", { count: sessions }),
            },
          ]}
        />
        {practitionerId ? (
          <p className="mt-3">
            <Link href={`/admin/practitioners/${practitionerId}`}>{t("user.practitioner")}</Link>
          </p>
        ) : null}
      </Card>
      {isOwn ? (
        <Notice tone="info" title={t("user.own")}>
          <p>{t("user.ownBody")}</p>
          <p>
            <Link href="/account">{t("user.ownLink")}</Link>
          </p>
        </Notice>
      ) : (
        <ClientMessages namespaces={["admin", "auth"]}>
          <AccountForms page={page} />
        </ClientMessages>
      )}
    </div>
  );
}
