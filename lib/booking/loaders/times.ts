import "server-only";
import { cache } from "react";
import { systemNow } from "@/lib/core/clock";
import { db } from "@/lib/db/client";
import { findPractitioner, listVisitTypes } from "@/lib/directory/data";
import { loadViewer } from "@/lib/i18n/viewer";
import { readVisitorHash } from "@/lib/security/visitor";
import { describeLanguages } from "../format/directory";
import { timesPath } from "../format/paths";
import { type CalendarLink, describeZone } from "../format/times";
import type { PractitionerTimesDto, TimesView } from "../types/times";
import { loadCalendar, loadDayList } from "./calendar";

/**
 * A practitioner's page with the free times of one visit type. Kept for the request, since title and page both ask; what the
 * address says comes as single texts for that reason.
 *
 * @param visit the visit type; the practitioner's first one when left out, or not offered
 * @param view `list` for the next free days, else the month
 * @param day ISO date of the day to open
 * @param from ISO date in the month to show, or with which the list begins
 * @param days how many days the list shows
 */
export const loadPractitionerTimes = cache(
  async (
    practitionerId: string,
    visit: string | undefined,
    view: string | undefined,
    day: string | undefined,
    from: string | undefined,
    days: string | undefined,
  ): Promise<PractitionerTimesDto | undefined> => {
    const [viewer, now] = [await loadViewer(), systemNow()];
    const [practitioner, all, exceptHolder] = await Promise.all([
      findPractitioner(db(), practitionerId),
      listVisitTypes(db()),
      readVisitorHash(),
    ]);
    if (!practitioner) return undefined;
    const offered = all.filter(({ id }) => practitioner.visitTypeIds.includes(id));
    const chosen = offered.find(({ id }) => id === visit) ?? offered[0];
    const listed = view === "list" ? ({ view } as const) : {};
    const page = {
      practitionerId,
      name: practitioner.displayName,
      specialty: practitioner.specialty.names[viewer.locale],
      languages: describeLanguages(practitioner.languages, viewer.locale),
      introduction: practitioner.introductions?.[viewer.locale] ?? "",
      visitTypes: offered.map((type) => ({
        visitTypeId: type.id,
        name: type.names[viewer.locale],
        durationMinutes: type.durationMinutes,
        href: timesPath(practitionerId, { visitTypeId: type.id, ...listed }),
        isChosen: type === chosen,
      })),
      zone: describeZone(viewer, now),
    };
    if (!chosen) return { ...page, times: null };
    const link: CalendarLink = (query) => timesPath(practitionerId, { visitTypeId: chosen.id, ...query });
    const asked = { practitioner, visitType: chosen, day, from, link, exceptHolder };
    const shown: TimesView =
      view === "list"
        ? { view, list: await loadDayList({ ...asked, days }, viewer, now) }
        : { view: "month", calendar: await loadCalendar(asked, viewer, now) };
    return {
      ...page,
      times: { visitTypeId: chosen.id, monthHref: link({}), listHref: link({ view: "list" }), ...shown },
    };
  },
);
