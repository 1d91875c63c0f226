import { useTranslations } from "next-intl";
import { Exceptions, WeeklyHours } from "@/components/availability/schedule-sections";
import { ClientMessages } from "@/components/layout/client-messages";
import { Card } from "@/components/ui/card";
import { DescriptionList } from "@/components/ui/description-list";
import { Link } from "@/components/ui/link";
import { Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page-header";
import type { ManagedPractitioner, PractitionerChoices, PractitionerLine } from "@/lib/admin/types/clinic";
import type { ScheduleDto } from "@/lib/availability/types";
import { EntryForm } from "./entry-form";
import { PractitionerForm } from "./practitioner-form";
import { NextFree, PractitionerState } from "./practitioner-state";
import { ResendInvitation } from "./resend-invitation";

/** One practitioner: the weekly hours on one side; on the other everything else, for whoever may change it. */
export function PractitionerScreen({
  practitioner,
  line,
  choices,
  schedule,
  mayAdminister,
  wasAdded,
  intervalsPerDay,
}: {
  practitioner: ManagedPractitioner;
  line: PractitionerLine;
  choices: PractitionerChoices;
  schedule: ScheduleDto;
  mayAdminister: boolean;
  /** Comes from the form of a new practitioner. */
  wasAdded: boolean;
  intervalsPerDay: number;
}) {
  const t = useTranslations("admin");
  const { id, displayName, email, active, specialtyCode, timeZone, languages, visitTypeIds } = practitioner;
  const given = {
    displayName,
    specialtyCode,
    timeZone,
    languages,
    visitTypeIds,
    introductionEn: practitioner.introductions?.en ?? "",
    introductionRu: practitioner.introductions?.ru ?? "",
  };
  const shown = { schedule, path: `/admin/practitioners/${id}`, limit: intervalsPerDay };
  return (
    <div className="flex flex-col gap-6">
      <PageHeader
        title={displayName}
        lead={line.specialty}
        back={<Link href="/admin/practitioners">{t("practitioner.back")}</Link>}
      />
      {wasAdded && !practitioner.hasAccepted ? (
        <Notice tone="live" title={t("practitioner.added", { name: displayName })} announce="status">
          <p>{t("practitioner.addedBody", { email })}</p>
        </Notice>
      ) : null}
      <Card>
        <DescriptionList
          items={[
            { key: "state", term: t("practitioners.state"), details: <PractitionerState line={line} /> },
            { key: "next", term: t("practitioner.nextFreeLabel"), details: <NextFree line={line} /> },
            {
              key: "email",
              term: t("practitioners.email"),
              details: <span className="break-all">{email}</span>,
            },
          ]}
        />
      </Card>
      <ClientMessages namespaces={["admin", "schedule"]}>
        <div className="grid gap-8 xl:grid-cols-[minmax(0,3fr)_minmax(22rem,2fr)]">
          <div className="flex min-w-0 flex-col gap-8">
            <WeeklyHours {...shown} />
            <Exceptions {...shown} />
          </div>
          {mayAdminister ? (
            <div className="flex min-w-0 flex-col gap-8">
              {practitioner.hasAccepted ? null : (
                <section aria-labelledby="invitation-title" className="flex flex-col gap-3">
                  <h2 id="invitation-title" className="text-lg font-semibold">
                    {t("invitation.title")}
                  </h2>
                  <ResendInvitation practitionerId={id} email={email} />
                </section>
              )}
              <section aria-labelledby="details-title" className="flex flex-col gap-3">
                <h2 id="details-title" className="text-lg font-semibold">
                  {t("practitioner.details")}
                </h2>
                <PractitionerForm practitionerId={id} active={active} choices={choices} given={given} />
              </section>
              <section aria-labelledby="entry-title" className="flex flex-col gap-3">
                <h2 id="entry-title" className="text-lg font-semibold">
                  {t("entry.title")}
                </h2>
                <EntryForm
                  practitionerId={id}
                  entry={practitioner.entry}
                  trueconfUser={practitioner.trueconfUser}
                />
              </section>
            </div>
          ) : null}
        </div>
      </ClientMessages>
    </div>
  );
}
