"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Details } from "@/components/ui/details";
import { Input } from "@/components/ui/input";
import { SubmitButton } from "@/components/ui/submit-button";
import type { SearchDto } from "@/lib/messaging/types";
import type { Writer } from "../files/upload";
import { callConversation } from "./call";

/** Finds messages of this conversation by what is in them. */
export function Search({ writer, otherName }: { writer: Writer; otherName: string }) {
  const t = useTranslations("messages");
  const [query, setQuery] = useState("");
  const [answer, setAnswer] = useState<SearchDto | "failed" | null>(null);

  /** By the form's `action`, which React keeps until the page is alive: sent by the browser, the words would stand in an address. */
  async function search(form: FormData) {
    const wanted = String(form.get("query"));
    const found = await callConversation("search", writer, { query: wanted });
    // React empties the form once this is done, down to what it then begins with.
    setQuery(wanted);
    setAnswer(found ?? "failed");
  }

  const found = answer === "failed" ? null : answer;
  return (
    <Details summary={t("search.summary")}>
      <form action={search} className="flex flex-wrap items-end gap-2">
        <div className="flex min-w-0 flex-1 flex-col gap-1">
          <label htmlFor="message-query" className="font-medium">
            {t("search.label")}
          </label>
          <Input
            id="message-query"
            name="query"
            type="search"
            maxLength={200}
            required
            defaultValue={query}
          />
        </div>
        <SubmitButton variant="secondary">{t("search.submit")}</SubmitButton>
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
