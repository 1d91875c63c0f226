import { useTranslations } from "next-intl";
import { ClientMessages } from "@/components/layout/client-messages";
import { Link } from "@/components/ui/link";
import { PageHeader } from "@/components/ui/page-header";
import type { FeedPageDto } from "@/lib/booking/types/feed";
import { FeedForm } from "./feed-form";

/** A personal calendar to subscribe to: made, or stopped, by one button. */
export function FeedScreen({ page, token }: { page: FeedPageDto; token: string | undefined }) {
  const t = useTranslations("change.feed");
  return (
    <div className="mx-auto flex w-full max-w-2xl flex-col gap-6">
      <PageHeader
        back={<Link href={page.backHref}>{t("back")}</Link>}
        title={t("title")}
        lead={t(page.isPractitioner ? "leadPractitioner" : "leadPatient")}
      />
      <p className="measure">{t(page.isPractitioner ? "privatePractitioner" : "privatePatient")}</p>
      <ClientMessages namespaces={["change"]}>
        <FeedForm createdOn={page.createdOn} token={token} />
      </ClientMessages>
    </div>
  );
}
