"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Details } from "@/components/ui/details";
import { Input } from "@/components/ui/input";
import type { SearchDto } from "@/lib/messaging/types";
import type { Writer } from "../files/upload";
import { callConversation } from "./call";

/** Finds messages of this conversation by what is in them. */
export function Search({ writer, otherName }: { writer: Writer; otherName: string }) {
  const t = useTranslations("messages");
  const [answer, setAnswer] = useState<SearchDto | "failed" | "asking" | null>(null);

  async function search(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const query = new FormData(event.currentTarget).get("query");
    setAnswer("asking");
    setAnswer((await callConversation("search", writer, { query })) ?? "failed");
  }

  const found = answer !== null && typeof answer === "object" ? answer : null;
  return (
    <Details summary={t("search.summary")}>
      <form onSubmit={search} className="flex flex-wrap items-end gap-2">
        <div className="flex min-w-0 flex-1 flex-col gap-1">
          <label htmlFor="message-query" className="font-medium">
            {t("search.label")}
          </label>
          <Input id="message-query" name="query" type="search" maxLength={200} required />
        </div>
        <Button type="submit" pending={answer === "asking"}>
          {t("search.submit")}
        </Button>
      </form>
      <div role="status" className="mt-2">
        {answer === "failed" ? <p>{t("search.failed")}</p> : null}
        {found ? (
          <p className="text-muted">
            {t("search.found", { count: found.found.length })}
            {found.isComplete ? null : ` ${t("search.incomplete")}`}
          </p>
        ) : null}
      </div>
      {found ? (
        <ul className="flex flex-col">
          {found.found.map((message) => (
            <li key={message.messageId} className="border-b border-line py-2 last:border-b-0">
              <p className="text-sm text-muted tabular-nums">
                {message.isOwn ? t("you") : otherName} · {message.date}, {message.time}
              </p>
              <p className="measure whitespace-pre-line wrap-anywhere">{message.text}</p>
            </li>
          ))}
        </ul>
      ) : null}
    </Details>
  );
}
