import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { PractitionerHeader } from "@/components/booking/times/practitioner-header";
import { TimesScreen } from "@/components/booking/times/times-screen";
import { VisitTypeChoice } from "@/components/booking/times/visit-type-choice";
import { Link } from "@/components/ui/link";
import { Notice } from "@/components/ui/notice";
import { waitlistPath } from "@/lib/booking/format/waitlist";
import { loadPractitionerTimes } from "@/lib/booking/loaders/times";
import { listZoneChoices } from "@/lib/time/zone-choices";
import { type Query, single } from "../../../query";

type Props = { params: Promise<{ practitionerId: string }>; searchParams: Promise<Query> };

async function load({ params, searchParams }: Props) {
  const [{ practitionerId }, { visit, view, day, from, days }] = await Promise.all([params, searchParams]);
  return loadPractitionerTimes(
    practitionerId,
    single(visit),
    single(view),
    single(day),
    single(from),
    single(days),
  );
}

/** The opened day is in the title, so that a change of the day is read out by screen readers. */
export async function generateMetadata(props: Props): Promise<Metadata> {
  const [page, t] = await Promise.all([load(props), getTranslations("home.times")]);
  if (!page) return {};
  const day = page.times?.view === "month" ? page.times.calendar.chosen?.name : undefined;
  return { title: day ? t("titleWithDay", { name: page.name, day }) : page.name };
}

/** A practitioner and the free times to choose from. */
export default async function PractitionerPage(props: Props) {
  const [page, t, waitlist, locale] = await Promise.all([
    load(props),
    getTranslations("home.times"),
    getTranslations("waitlist"),
    getLocale(),
  ]);
  if (!page) notFound();
  const { times, visitTypes, zone, name, practitionerId } = page;
  return (
    <div className="mx-auto flex max-w-5xl flex-col gap-8">
      <PractitionerHeader practitioner={page} />
      {times ? (
        <>
          <VisitTypeChoice visitTypes={visitTypes} />
          <TimesScreen
            practitioner={{ practitionerId, name }}
            times={times}
            zone={zone}
            choices={listZoneChoices(locale)}
          />
          <p>
            <Link
              href={waitlistPath(
                { practitionerId },
                visitTypes.find(({ isChosen }) => isChosen)?.visitTypeId,
              )}
            >
              {waitlist("link")}
            </Link>
          </p>
        </>
      ) : (
        <Notice tone="wait" title={t("notBookable.title", { name })}>
          <p>{t("notBookable.body")}</p>
        </Notice>
      )}
    </div>
  );
}
