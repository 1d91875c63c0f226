"use client";

import { clsx } from "clsx";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { MessageDto, Side } from "@/lib/messaging/types";
import { FileList } from "../files/file-list";
import { JoinCard } from "../join-card";

type MessageProps = {
  message: MessageDto;
  side: Side;
  otherName: string;
  practitionerName: string;
  token: string | undefined;
  /** How far it has got, under one's own. */
  mark?: ReactNode;
};

/** One message: one's own at the end of the line, the other's at its start. */
export function MessageItem({ message, side, otherName, practitionerName, token, mark }: MessageProps) {
  const t = useTranslations("messages");
  const { isOwn, text, files, card, date, time } = message;
  return (
    <li className={clsx("flex w-full flex-col gap-1", isOwn ? "items-end" : "items-start")}>
      <span className="sr-only">{isOwn ? t("fromYou") : t("from", { name: otherName })}</span>
      {card ? (
        <JoinCard card={card} side={side} practitionerName={practitionerName} token={token} />
      ) : (
        <Bubble isOwn={isOwn}>
          {text ? <p className="whitespace-pre-line wrap-anywhere">{text}</p> : null}
          <FileList files={files} token={token} />
        </Bubble>
      )}
      <p className="text-sm text-muted tabular-nums">
        {date}, {time} {mark}
      </p>
    </li>
  );
}

export function Bubble({ isOwn, children }: { isOwn: boolean; children: ReactNode }) {
  return (
    <div
      className={clsx(
        "flex max-w-[85%] min-w-0 flex-col gap-2 rounded-md border border-line px-3 py-2 text-ink",
        isOwn ? "bg-accent-soft" : "bg-surface",
      )}
    >
      {children}
    </div>
  );
}
