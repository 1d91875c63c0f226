import { MessagesSquare } from "lucide-react";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { VisitList } from "@/components/account/my-visits";
import { OwnWaitlist } from "@/components/booking/waitlist/own-waitlist";
import { ClientMessages } from "@/components/layout/client-messages";
import { LiveUnread } from "@/components/messaging/talk/unread";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Link } from "@/components/ui/link";
import { PageHeader } from "@/components/ui/page-header";
import { loadOwnWaitlist } from "@/lib/booking/loaders/waitlist";
import { loadUnread } from "@/lib/visits/loaders/conversation";
import { loadMyVisits } from "@/lib/visits/loaders/visit";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("account.visits");
  return { title: t("title") };
}

/** Everything that the signed-in patient has booked. */
export default async function VisitsPage() {
  const [{ upcoming, past }, waiting, t, changed] = await Promise.all([
    loadMyVisits(),
    loadOwnWaitlist(),
    getTranslations("account.visits"),
    getTranslations("change.visit"),
  ]);
  const [messages, consents, unread] = await Promise.all([
    getTranslations("messages"),
    getTranslations("account.consents"),
    loadUnread("patient"),
  ]);
  const isEmpty = upcoming.length === 0 && past.length === 0;
  const book = (
    <ButtonLink href="/" variant="primary">
      {t("book")}
    </ButtonLink>
  );
  return (
    <div className="flex flex-col gap-8">
      <PageHeader title={t("title")} actions={isEmpty ? undefined : book} />
      <p>
        <ButtonLink href="/messages">
          <MessagesSquare aria-hidden="true" className="size-5" />
          {messages("title")}
          <ClientMessages namespaces={["messages"]}>
            <LiveUnread side="patient" initial={unread} />
          </ClientMessages>
        </ButtonLink>
      </p>
      {isEmpty ? (
        <EmptyState title={t("noneTitle")} action={book}>
          {t("noneBody")}
        </EmptyState>
      ) : (
        <VisitList
          id="upcoming"
          title={t("upcoming")}
          visits={upcoming}
          empty={<p className="text-muted">{t("noneUpcoming")}</p>}
        />
      )}
      <OwnWaitlist entries={waiting} />
      {isEmpty ? null : (
        <p className="flex flex-wrap gap-x-6 gap-y-2">
          <Link href="/visits/subscribe">{changed("subscribe")}</Link>
          <Link href="/account/consents">{consents("link")}</Link>
        </p>
      )}
      {past.length > 0 ? <VisitList id="past" title={t("past")} visits={past} /> : null}
    </div>
  );
}
