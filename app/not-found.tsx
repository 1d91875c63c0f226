import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { PhoneLink } from "@/components/layout/phone-link";
import { ButtonLink } from "@/components/ui/button";
import { Link } from "@/components/ui/link";
import { env } from "@/lib/core/env";
import { SiteFrame } from "./frames";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("errors.notFound");
  return { title: t("title") };
}

/** The one neutral page: an address that never was, a link that expired, and a visit of somebody else look the same. */
export default async function NotFound() {
  const [t, lost] = await Promise.all([getTranslations("errors"), getTranslations("change.lostLink")]);
  const phone = env().CLINIC_PHONE;
  return (
    <SiteFrame>
      <div className="measure flex flex-col items-start gap-4">
        <h1 className="text-2xl font-semibold tracking-tight">{t("notFound.title")}</h1>
        <p>{t("notFound.body")}</p>
        <p>{t("notFound.advice")}</p>
        <p>
          <Link href="/lost-link">{lost("link")}</Link>
        </p>
        {phone ? <p>{t.rich("callUs", { phone: () => <PhoneLink phone={phone} /> })}</p> : null}
        <ButtonLink href="/" variant="primary" size="lg" className="mt-2">
          {t("notFound.home")}
        </ButtonLink>
      </div>
    </SiteFrame>
  );
}
