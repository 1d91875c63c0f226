import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Exceptions, ScheduleSection, WeeklyHours } from "@/components/availability/schedule-sections";
import { TimeZoneForm } from "@/components/availability/time-zone-form";
import { ClientMessages } from "@/components/layout/client-messages";
import { ButtonLink } from "@/components/ui/button";
import { PageHeader } from "@/components/ui/page-header";
import { INTERVALS_PER_DAY } from "@/lib/availability/constants";
import { loadOwnSchedule } from "@/lib/availability/loaders/schedule";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("schedule"))("title") };
}

type Props = { searchParams: Promise<{ plan?: string | string[]; date?: string | string[] }> };

const one = (value: string | string[] | undefined) => (typeof value === "string" ? value : undefined);

export default async function SchedulePage({ searchParams }: Props) {
  const { plan, date } = await searchParams;
  const { schedule, zones } = await loadOwnSchedule({ plan: one(plan), date: one(date) });
  const [t, whyNot] = [await getTranslations("schedule"), await getTranslations("reasons")];
  const shown = { schedule, path: "/schedule", limit: INTERVALS_PER_DAY };
  return (
    <div className="flex flex-col gap-6">
      <PageHeader
        title={t("title")}
        lead={t("lead", { place: schedule.place })}
        actions={<ButtonLink href="/schedule/why-not">{whyNot("title")}</ButtonLink>}
      />
      <ClientMessages namespaces={["schedule"]}>
        <div className="grid gap-8 xl:grid-cols-[minmax(0,3fr)_minmax(22rem,2fr)]">
          <WeeklyHours {...shown} />
          <div className="flex min-w-0 flex-col gap-8">
            <Exceptions {...shown} />
            <ScheduleSection id="time-zone" title={t("sections.timeZone")}>
              <TimeZoneForm
                practitionerId={schedule.practitionerId}
                timeZone={schedule.timeZone}
                zones={zones}
              />
            </ScheduleSection>
          </div>
        </div>
      </ClientMessages>
    </div>
  );
}
