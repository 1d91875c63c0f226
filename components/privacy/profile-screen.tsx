import { getTranslations } from "next-intl/server";
import { ClientMessages } from "@/components/layout/client-messages";
import { Link } from "@/components/ui/link";
import { PageHeader } from "@/components/ui/page-header";
import type { ProfilePage } from "@/lib/privacy/types";
import { ProfileForm } from "./profile-form";

/** What is kept of who somebody is, to be corrected, and whom to ask about what stands elsewhere. */
export async function ProfileScreen({ profile, others, zones, languages }: ProfilePage) {
  const t = await getTranslations("account");
  return (
    <div className="flex flex-col gap-8">
      <PageHeader
        title={profile.isOwn ? t("profile.title") : t("profile.titleOf", { name: profile.name })}
        lead={t(profile.isOwn ? "profile.lead" : "profile.leadOf")}
        back={
          profile.isOwn ? (
            <Link href="/account">{t("page.title")}</Link>
          ) : (
            <Link href="/account/profile">{t("profile.title")}</Link>
          )
        }
      />
      <ClientMessages namespaces={["auth", "account"]}>
        <ProfileForm profile={profile} zones={zones} languages={languages} />
      </ClientMessages>
      {profile.isOwn && others.length > 0 ? (
        <section aria-labelledby="others" className="flex flex-col gap-2">
          <h2 id="others" className="text-lg font-semibold">
            {t("profile.others")}
          </h2>
          <ul className="flex flex-col gap-2">
            {others.map(({ patientId, name }) => (
              <li key={patientId}>
                <Link href={`/account/profile/${patientId}`}>{name}</Link>
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      <section aria-labelledby="elsewhere" className="flex flex-col gap-2">
        <h2 id="elsewhere" className="text-lg font-semibold">
          {t("profile.elsewhere")}
        </h2>
        <p className="max-w-prose">{t("profile.elsewhereBody")}</p>
        {profile.isOwn ? (
          <p>
            <Link href="/account/email">{t("profile.email")}</Link>
          </p>
        ) : null}
      </section>
    </div>
  );
}
