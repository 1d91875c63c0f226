"use client";

import { useTranslations } from "next-intl";
import { useLive } from "@/components/ui/live/use-live";
import type { Side } from "@/lib/messaging/types";

/** How many messages are unread; nothing where none is. */
export function UnreadMark({ unread }: { unread: number }) {
  const t = useTranslations("messages");
  if (unread === 0) return null;
  return (
    <span className="inline-flex min-w-5 shrink-0 items-center justify-center rounded-full bg-accent px-1.5 text-xs font-semibold text-on-accent tabular-nums">
      <span aria-hidden="true">{unread > 99 ? "99+" : unread}</span>
      <span className="sr-only">{t("unread", { count: unread })}</span>
    </span>
  );
}

/** The same of all conversations of one side, live. */
export function LiveUnread({ side, initial }: { side: Side; initial: number }) {
  const { state } = useLive<number | null>({ key: `unread:${side}`, initial });
  return <UnreadMark unread={state ?? 0} />;
}
