import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { TimeLink } from "@/components/booking/time-link";
import { TimeZone } from "@/components/booking/time-zone";
import { DayCalendar } from "@/components/booking/times/day-calendar";
import { DayTimes } from "@/components/booking/times/day-times";
import { PractitionerClock } from "@/components/booking/times/practitioner-clock";
import { PractitionerHeader } from "@/components/booking/times/practitioner-header";
import { VisitTypeChoice } from "@/components/booking/times/visit-type-choice";
import { Notice } from "@/components/ui/notice";
import { loadPractitionerTimes } from "@/lib/booking/loaders/times";
import { listZoneChoices } from "@/lib/time/zone-choices";
import { type Query, single } from "../../../query";

type Props = { params: Promise<{ practitionerId: string }>; searchParams: Promise<Query> };

async function load({ params, searchParams }: Props) {
  const [{ practitionerId }, query] = await Promise.all([params, searchParams]);
  const { visit, day, from } = query;
  return loadPractitionerTimes(practitionerId, single(visit), single(day), single(from));
}

/** The opened day is in the title, so that a change of the day is read out by screen readers. */
export async function generateMetadata(props: Props): Promise<Metadata> {
  const [page, t] = await Promise.all([load(props), getTranslations("home.times")]);
  if (!page) return {};
  const day = page.calendar?.chosen?.name;
  return { title: day ? t("titleWithDay", { name: page.name, day }) : page.name };
}

/** A practitioner and the free times to choose from. */
export default async function PractitionerPage(props: Props) {
  const [page, t, locale] = await Promise.all([load(props), getTranslations("home.times"), getLocale()]);
  if (!page) notFound();
  const { calendar, visitTypes, zone, name } = page;
  return (
    <div className="mx-auto flex max-w-2xl flex-col gap-8">
      <PractitionerHeader practitioner={page} />
      {calendar ? (
        <>
          <VisitTypeChoice visitTypes={visitTypes} />
          <section aria-labelledby="choose" className="flex flex-col gap-4">
            <div>
              <h2 id="choose" className="text-xl font-semibold">
                {t("heading")}
              </h2>
              <TimeZone zone={zone} choices={listZoneChoices(locale)}>
                {calendar.clocks ? <PractitionerClock clocks={calendar.clocks} name={name} /> : null}
              </TimeZone>
            </div>
            <DayCalendar calendar={calendar} />
          </section>
          <DayTimes
            calendar={calendar}
            renderTime={(time, label) => <TimeLink time={time} label={label} />}
          />
        </>
      ) : (
        <Notice tone="wait" title={t("notBookable.title", { name })}>
          <p>{t("notBookable.body")}</p>
        </Notice>
      )}
    </div>
  );
}
