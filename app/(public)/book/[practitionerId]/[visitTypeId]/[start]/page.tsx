import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { BookingForm } from "@/components/booking/form/booking-form";
import { EmergencyNotice } from "@/components/booking/form/emergency-notice";
import { ClientMessages } from "@/components/layout/client-messages";
import { Link } from "@/components/ui/link";
import { PageHeader } from "@/components/ui/page-header";
import { loadBookingPage } from "@/lib/booking/loaders/form";
import { newId } from "@/lib/core/ids";

type Props = { params: Promise<{ practitionerId: string; visitTypeId: string; start: string }> };

async function load({ params }: Props) {
  const { practitionerId, visitTypeId, start } = await params;
  return loadBookingPage(practitionerId, visitTypeId, start);
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("booking");
  return { title: t("title") };
}

/** The last step: what is booked, for whom and why. */
export default async function BookingPage(props: Props) {
  const [visit, t] = await Promise.all([load(props), getTranslations("booking")]);
  if (!visit) notFound();
  return (
    <div className="mx-auto flex max-w-2xl flex-col gap-6">
      <PageHeader title={t("title")} back={<Link href={visit.timesHref}>{t("back")}</Link>} />
      <ClientMessages namespaces={["booking"]}>
        <BookingForm visit={visit} idempotencyKey={newId()}>
          <EmergencyNotice />
          {visit.account === null ? (
            <p>
              {t.rich("haveAccount", {
                link: (text) => <Link href={`/sign-in?next=${encodeURIComponent(visit.href)}`}>{text}</Link>,
              })}
            </p>
          ) : null}
        </BookingForm>
      </ClientMessages>
    </div>
  );
}
