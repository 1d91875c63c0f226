import { useTranslations } from "next-intl";
import { ClientMessages } from "@/components/layout/client-messages";
import { ButtonLink } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import type { RebookingDto } from "@/lib/visits/types/rebook";
import type { PatientVisitDto } from "@/lib/visits/types/visit";
import { RebookForm } from "./rebook-form";

/** A visit that did not take place, for its patient: who was missing, and the nearest times in its place. */
export function MissedVisit({ visit, token }: { visit: PatientVisitDto; token: string | undefined }) {
  const t = useTranslations("change.missed");
  const { practitionerName: practitioner, rebooking, state } = visit;
  const who = state.noShow ?? "neither";
  return (
    <div className="flex flex-col gap-6">
      <Notice tone={who === "practitioner" ? "wait" : "info"} title={t(`${who}.title`, { practitioner })}>
        <p>{t(`${who}.body`, { practitioner })}</p>
      </Notice>
      {rebooking ? <Another visit={visit} rebooking={rebooking} token={token} /> : null}
    </div>
  );
}

function Another({
  visit,
  rebooking: { booked, times, timesHref },
  token,
}: {
  visit: PatientVisitDto;
  rebooking: RebookingDto;
  token: string | undefined;
}) {
  const t = useTranslations("change.missed");
  if (booked) {
    const { shortDate: date, time, zone } = booked.starts;
    return (
      <Notice tone="live" title={t("booked.title")}>
        <p>{t(booked.href ? "booked.bodyAccount" : "booked.body", { date, time, zone })}</p>
        {booked.href ? (
          <p>
            <ButtonLink href={booked.href}>{t("booked.open")}</ButtonLink>
          </p>
        ) : null}
      </Notice>
    );
  }
  const practitioner = visit.practitionerName;
  const [first] = times;
  return (
    <section aria-labelledby="another-time" className="flex flex-col gap-3">
      <h2 id="another-time" className="text-lg font-semibold">
        {t("choose", { practitioner })}
      </h2>
      {first ? (
        <>
          <p className="measure text-muted">
            {t(first.href ? "form" : "oneClick")} {t("zone", { zone: first.starts.zone })}.
          </p>
          <ClientMessages namespaces={["change"]}>
            <RebookForm times={times} appointmentId={visit.appointmentId} token={token} />
          </ClientMessages>
        </>
      ) : (
        <p className="measure">{t("none", { practitioner })}</p>
      )}
      <p>
        <ButtonLink href={timesHref}>{t("all")}</ButtonLink>
      </p>
    </section>
  );
}
