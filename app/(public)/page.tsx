import { getLocale, getTranslations } from "next-intl/server";
import { DirectoryEntry } from "@/components/booking/directory-entry";
import { DirectoryFilter } from "@/components/booking/directory-filter";
import { DirectoryPages } from "@/components/booking/directory-pages";
import { TimeZone } from "@/components/booking/time-zone";
import { ClientMessages } from "@/components/layout/client-messages";
import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { Link } from "@/components/ui/link";
import { Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page-header";
import { waitlistPath } from "@/lib/booking/format/waitlist";
import { loadDirectory } from "@/lib/booking/loaders/directory";
import { nowPath } from "@/lib/queue/format";
import { loadOffersNow } from "@/lib/queue/loaders/now";
import { listZoneChoices } from "@/lib/time/zone-choices";
import { type Query, single } from "../query";

/** The front page: everybody who can be booked, with the first free times. */
export default async function HomePage({ searchParams }: { searchParams: Promise<Query> }) {
  const query = await searchParams;
  const [{ entries, total, isNear, pages, options, filter, dates, zone }, t, waitlist, locale] =
    await Promise.all([
      loadDirectory({
        name: single(query.name),
        specialty: single(query.specialty),
        language: single(query.language),
        visitType: single(query.visit),
        from: single(query.from),
        page: single(query.page),
      }),
      getTranslations("home"),
      getTranslations("waitlist"),
      getLocale(),
    ]);
  const [offersNow, queue] = [await loadOffersNow(), await getTranslations("queue.now")];
  return (
    <div className="flex flex-col gap-6">
      <PageHeader title={t("title")} lead={t("lead")} />
      {options.specialties.length === 0 ? (
        <EmptyState title={t("empty.title")}>{t("empty.body")}</EmptyState>
      ) : (
        <>
          {offersNow ? (
            <Card className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3">
              <p className="measure">{queue("homeBody")}</p>
              <ButtonLink href={nowPath()} variant="primary" className="max-sm:w-full">
                {queue("home")}
              </ButtonLink>
            </Card>
          ) : null}
          <DirectoryFilter options={options} filter={filter} dates={dates} />
          <div className="flex flex-col">
            <p className="font-semibold">{t("found", { count: total })}</p>
            <TimeZone zone={zone} choices={listZoneChoices(locale)} />
          </div>
          {isNear ? (
            <Notice tone="info" title={t("near.title", { name: filter.name ?? "" })}>
              <p>{t("near.body")}</p>
            </Notice>
          ) : null}
          {entries.length === 0 ? (
            <EmptyState
              title={t("nobody.title")}
              action={<ButtonLink href="/">{t("filter.clear")}</ButtonLink>}
            >
              {t("nobody.body")}
            </EmptyState>
          ) : (
            <ClientMessages namespaces={["home"]}>
              <ul className="flex flex-col gap-3">
                {entries.map((entry) => (
                  <li key={entry.practitionerId}>
                    <DirectoryEntry entry={entry} />
                  </li>
                ))}
              </ul>
              <DirectoryPages pages={pages} />
            </ClientMessages>
          )}
          {filter.specialty ? (
            <p>
              <Link href={waitlistPath({ specialtyCode: filter.specialty }, filter.visitType)}>
                {waitlist("link")}
              </Link>
            </p>
          ) : null}
        </>
      )}
    </div>
  );
}
