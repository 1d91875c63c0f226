import { createTranslator } from "use-intl/core";
import { buildFeed, type FeedEvent } from "@/lib/calendar/feed";
import { appointmentUid } from "@/lib/calendar/invite";
import { DEFAULT_LOCALE, isLocale } from "@/lib/i18n/locales";
import { loadMessages } from "@/lib/i18n/messages";
import { compareInstants, toInstant } from "@/lib/time/instant";
import type { FeedRow } from "../data/feed";
import type { FeedAddressDto, FeedOwner } from "../types/feed";

/**
 * A feed's text in its owner's language. It lies with whoever keeps the calendar, so it names no patient, and its addresses open
 * nothing by themselves: one has to sign in there, or ask for the personal link. See decision 12.
 */
export async function describeFeed(
  rows: readonly FeedRow[],
  {
    owner,
    locale: asked,
    portalUrl,
    clinicName,
  }: {
    owner: FeedOwner;
    locale: string;
    portalUrl: string;
    clinicName: string;
  },
): Promise<string> {
  const locale = isLocale(asked) ? asked : DEFAULT_LOCALE;
  const t = createTranslator({ locale, messages: await loadMessages(locale), namespace: "change.feed" });
  const events = rows.map((row): FeedEvent => {
    const isOwnDay = "userId" in owner && row.practitioner.userId === owner.userId;
    const path = isOwnDay ? `/agenda/${row.id}` : "userId" in owner ? `/visit/${row.id}` : "/lost-link";
    const url = `${portalUrl}${path}`;
    return {
      uid: appointmentUid(row.id, portalUrl),
      sequence: row.sequence,
      startAt: toInstant(row.startAt),
      endAt: toInstant(row.endAt),
      summary: isOwnDay
        ? t("practitionerEntry")
        : t("patientEntry", { practitioner: row.practitioner.displayName }),
      description: t("userId" in owner ? "openAccount" : "openByMail", { url }),
      url,
      isCancelled: row.status === "cancelled",
      changedAt: lastChange(row),
    };
  });
  return buildFeed({ name: t("calendarName", { clinic: clinicName }), events });
}

/** When a visit was booked, last moved or cancelled, whichever came last. */
const lastChange = ({ createdAt, movedAt, cancelledAt }: FeedRow) =>
  [createdAt, movedAt, cancelledAt]
    .flatMap((date) => (date ? [toInstant(date)] : []))
    .reduce((a, b) => (compareInstants(a, b) < 0 ? b : a));

/** A feed's address, as programs want it. */
export function feedAddress(token: string, portalUrl: string): FeedAddressDto {
  const url = `${portalUrl}/calendar/${token}/feed.ics`;
  return { url, webcalUrl: url.replace(/^https?:/, "webcal:") };
}
