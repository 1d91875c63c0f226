"use client";

import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import { Button } from "@/components/ui/button";
import { useClinic } from "./clinic-context";
import { PhoneLink } from "./phone-link";

/** The event id under which the server logged an error that reached the browser, if it came from there. */
const eventIdOf = (error: unknown): string | undefined =>
  error instanceof Error && "digest" in error && typeof error.digest === "string" ? error.digest : undefined;

/**
 * Instead of a part of the page that could not be shown: what happened, what it means, what to do, and the number by
 * which we find it in our log. It takes the focus, since what had it is gone.
 */
export function ErrorScreen({ error, retry }: { error: unknown; retry: () => void }) {
  const t = useTranslations("errors");
  const clinic = useClinic();
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => title.current?.focus(), []);
  const eventId = eventIdOf(error);
  return (
    <div className="measure flex flex-col items-start gap-4">
      <h1 ref={title} tabIndex={-1} className="text-2xl font-semibold tracking-tight">
        {t("unexpected.title")}
      </h1>
      <p>{t("unexpected.body")}</p>
      <p>{t("unexpected.advice")}</p>
      {clinic.phone ? (
        <p>{t.rich("callUs", { phone: () => <PhoneLink phone={clinic.phone ?? ""} /> })}</p>
      ) : null}
      <Button variant="primary" size="lg" onClick={retry} className="mt-2">
        {t("unexpected.retry")}
      </Button>
      {/* A plain link: a fresh document also brings back scripts that a new deployment has replaced. */}
      <a href="/" className="text-accent underline underline-offset-4">
        {t("unexpected.home")}
      </a>
      {eventId ? <p className="mt-2 text-sm text-muted">{t("eventId", { id: eventId })}</p> : null}
    </div>
  );
}
