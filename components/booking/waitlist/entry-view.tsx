import { useTranslations } from "next-intl";
import { ClientMessages } from "@/components/layout/client-messages";
import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { DescriptionList } from "@/components/ui/description-list";
import { Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page-header";
import type { WaitlistEntryDto } from "@/lib/booking/types/waitlist";
import { LeaveForm, OfferForm } from "./offer-form";

/**
 * Somebody's place on the waitlist, by personal link or account: what they wait for, an offer that is open, and the way out.
 *
 * @param justJoined whether this is the confirmation
 */
export function EntryView({
  entry,
  token,
  justJoined,
}: {
  entry: WaitlistEntryDto;
  token: string | undefined;
  justJoined: boolean;
}) {
  const t = useTranslations("waitlist.entry");
  const { entryId, status, offer, hours } = entry;
  const isWaiting = status === "waiting";
  return (
    <div className="mx-auto flex max-w-2xl flex-col gap-6">
      {justJoined && isWaiting ? (
        <Notice tone="live" title={t("joined")}>
          <p>{t("joinedBody")}</p>
        </Notice>
      ) : null}
      <PageHeader title={t("title")} lead={isWaiting && offer ? undefined : t(status)} />
      <ClientMessages namespaces={["booking", "waitlist"]}>
        {isWaiting && offer ? <OfferForm entryId={entryId} token={token} offer={offer} /> : null}
        <Card>
          <DescriptionList
            items={[
              { key: "who", term: t("who"), details: entry.who },
              { key: "what", term: t("what"), details: entry.visitType },
              { key: "dates", term: t("dates"), details: entry.dates },
              { key: "days", term: t("weekdays"), details: entry.weekdays.join(", ") || t("any") },
              { key: "hours", term: t("hours"), details: hours ? t("hoursValue", hours) : t("any") },
            ]}
          />
        </Card>
        <div className="flex flex-wrap items-center gap-4">
          <ButtonLink href={entry.timesHref}>{t("times")}</ButtonLink>
          {isWaiting ? <LeaveForm entryId={entryId} token={token} /> : null}
        </div>
      </ClientMessages>
    </div>
  );
}
