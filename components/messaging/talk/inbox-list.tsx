"use client";

import { MessagesSquare } from "lucide-react";
import NextLink from "next/link";
import { useTranslations } from "next-intl";
import { EmptyState } from "@/components/ui/empty-state";
import { useLive } from "@/components/ui/live/use-live";
import type { InboxDto } from "@/lib/messaging/types";
import { BeginConversation } from "./begin";
import { UnreadMark } from "./unread";

/** One side's conversations, live, those written in last first; and with whom another one can be begun. */
export function InboxList({ inbox }: { inbox: InboxDto }) {
  const t = useTranslations("messages");
  const { state } = useLive<InboxDto | null>({ key: `inbox:${inbox.side}`, initial: inbox });
  const { side, conversations, contacts } = state ?? inbox;
  const base = side === "patient" ? "/messages" : "/inbox";
  return (
    <div className="flex flex-col gap-6">
      {conversations.length === 0 ? (
        <EmptyState title={t("none.title")} icon={MessagesSquare}>
          <p>{t(contacts.length > 0 ? "none.begin" : `none.${side}`)}</p>
        </EmptyState>
      ) : (
        <ul className="flex flex-col rounded-md border border-line bg-surface">
          {conversations.map(({ conversationId, otherName, unread, last }) => (
            <li key={conversationId} className="border-b border-line last:border-b-0">
              <NextLink
                href={`${base}/${conversationId}`}
                className="flex min-h-14 items-center justify-between gap-3 px-4 py-2 hover:bg-sunken focus-visible:-outline-offset-2"
              >
                <span className="flex min-w-0 flex-col">
                  <span className={unread > 0 ? "truncate font-semibold" : "truncate"}>{otherName}</span>
                  <span className="text-sm text-muted tabular-nums">{last}</span>
                </span>
                <UnreadMark unread={unread} />
              </NextLink>
            </li>
          ))}
        </ul>
      )}
      {contacts.length > 0 ? (
        <section aria-labelledby="contacts" className="flex flex-col gap-2">
          <h2 id="contacts" className="text-lg font-semibold">
            {t("contacts")}
          </h2>
          <ul className="flex flex-col">
            {contacts.map(({ patientId, practitionerId, name }) => (
              <li
                key={`${patientId}-${practitionerId}`}
                className="flex flex-wrap items-center justify-between gap-2 border-b border-line py-2 last:border-b-0"
              >
                <span className="min-w-0 truncate">{name}</span>
                <BeginConversation
                  side={side}
                  patientId={patientId}
                  practitionerId={practitionerId}
                  token={undefined}
                  name={name}
                />
              </li>
            ))}
          </ul>
        </section>
      ) : null}
    </div>
  );
}
