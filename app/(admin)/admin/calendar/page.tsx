import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { type Query, single } from "@/app/query";
import { ClinicCalendar } from "@/components/admin/calendar/clinic-calendar";
import { TurnPage } from "@/components/visit/day/turn-page";
import { loadClinicDay } from "@/lib/visits/loaders/clinic-day";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("staff.calendar"))("title") };
}

type Props = { searchParams: Promise<Query> };

export default async function ClinicCalendarPage({ searchParams }: Props) {
  const { date, practitioner, specialty } = await searchParams;
  const day = await loadClinicDay(single(date));
  return (
    <>
      {single(date) === undefined ? <TurnPage liveKey={`clinic-day:${day.date}`} initial={day} /> : null}
      <ClinicCalendar
        day={day}
        filter={{ practitioner: single(practitioner), specialty: single(specialty) }}
      />
    </>
  );
}
