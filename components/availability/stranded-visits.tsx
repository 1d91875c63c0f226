"use client";

import { useTranslations } from "next-intl";
import { Link } from "@/components/ui/link";
import { Notice } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import type { StrandedDto } from "@/lib/availability/types";

/**
 * The booked visits that a change would leave outside of the schedule, with the way to move each; and the button that saves
 * nevertheless. Stands in the form of the change, whose fields are sent once more with it.
 *
 * @param withPractitioner where the visits may be of several practitioners
 */
export function StrandedVisits({
  stranded: { visits, more, key },
  withPractitioner = false,
}: {
  stranded: StrandedDto;
  withPractitioner?: boolean;
}) {
  const t = useTranslations("schedule.strands");
  return (
    <Notice tone="wait" title={t("title", { count: visits.length + more })} announce="alert">
      <p>{t("body")}</p>
      <ul className="my-2 flex max-h-96 flex-col divide-y divide-line overflow-y-auto rounded-md border border-line bg-surface">
        {visits.map(({ appointmentId, href, ...visit }) => (
          <li key={appointmentId} className="flex flex-wrap items-center justify-between gap-x-4 px-3 py-2">
            <span className="min-w-0 break-words">
              <span className="font-medium tabular-nums">{t("visit", visit)}</span>
              <br />
              {t(withPractitioner ? "whoWith" : "who", visit)}
            </span>
            <Link href={href} aria-label={t("moveVisit", visit)} className="min-h-8 content-center">
              {t("move")}
            </Link>
          </li>
        ))}
      </ul>
      {more > 0 ? <p>{t("more", { count: more })}</p> : null}
      <SubmitButton variant="secondary" name="leave" value={key} className="self-start">
        {t("leave")}
      </SubmitButton>
    </Notice>
  );
}

/** What a form's answer says would be stranded, if it says so. */
export const strandedIn = (state: { status: string; reason?: string; detail?: StrandedDto }) =>
  state.status === "refused" && state.reason === "strands" ? state.detail : undefined;
