import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { JoinWaitlistForm } from "@/components/booking/waitlist/join-form";
import { ClientMessages } from "@/components/layout/client-messages";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { loadJoinWaitlist } from "@/lib/booking/loaders/waitlist";
import { type Query, single } from "../../query";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("waitlist");
  return { title: t("title") };
}

/** Where somebody whom no free time suits says when they could come. */
export default async function WaitlistPage({ searchParams }: { searchParams: Promise<Query> }) {
  const query = await searchParams;
  const [page, t] = await Promise.all([
    loadJoinWaitlist({
      practitionerId: single(query.practitioner),
      specialtyCode: single(query.specialty),
      visitTypeId: single(query.visit),
    }),
    getTranslations("waitlist"),
  ]);
  return (
    <div className="mx-auto flex max-w-2xl flex-col gap-6">
      <PageHeader title={t("title")} lead={t("lead")} />
      {page ? (
        <>
          <p className="font-medium">{t("for", { who: page.who })}</p>
          <ClientMessages namespaces={["waitlist"]}>
            <JoinWaitlistForm page={page} />
          </ClientMessages>
        </>
      ) : (
        <EmptyState title={t("nobody.title")} action={<ButtonLink href="/">{t("nobody.action")}</ButtonLink>}>
          {t("nobody.body")}
        </EmptyState>
      )}
    </div>
  );
}
