import { getLocale, getTranslations } from "next-intl/server";
import { DirectoryEntry } from "@/components/booking/directory-entry";
import { DirectoryFilter } from "@/components/booking/directory-filter";
import { TimeZone } from "@/components/booking/time-zone";
import { ClientMessages } from "@/components/layout/client-messages";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { loadDirectory } from "@/lib/booking/loaders/directory";
import { listZoneChoices } from "@/lib/time/zone-choices";
import { type Query, single } from "../query";

/** The front page: everybody who can be booked, with the first free times. */
export default async function HomePage({ searchParams }: { searchParams: Promise<Query> }) {
  const query = await searchParams;
  const [{ entries, options, filter, zone }, t, locale] = await Promise.all([
    loadDirectory({
      specialty: single(query.specialty),
      language: single(query.language),
      visitType: single(query.visit),
    }),
    getTranslations("home"),
    getLocale(),
  ]);
  return (
    <div className="flex flex-col gap-6">
      <PageHeader title={t("title")} lead={t("lead")} />
      {options.specialties.length === 0 ? (
        <EmptyState title={t("empty.title")}>{t("empty.body")}</EmptyState>
      ) : (
        <>
          <DirectoryFilter options={options} filter={filter} />
          <div className="flex flex-col">
            <p className="font-semibold">{t("found", { count: entries.length })}</p>
            <TimeZone zone={zone} choices={listZoneChoices(locale)} />
          </div>
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
            </ClientMessages>
          )}
        </>
      )}
    </div>
  );
}
