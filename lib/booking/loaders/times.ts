import "server-only";
import { cache } from "react";
import { systemNow } from "@/lib/core/clock";
import { db } from "@/lib/db/client";
import { findPractitioner, listVisitTypes } from "@/lib/directory/data";
import { loadViewer } from "@/lib/i18n/viewer";
import { describeLanguages } from "../format/directory";
import { timesPath } from "../format/paths";
import { describeZone } from "../format/times";
import type { PractitionerTimesDto } from "../types/times";
import { loadCalendar } from "./calendar";

/**
 * A practitioner's page with a month of free times. Kept for the request, since title and page both ask.
 *
 * @param day ISO date of the day to open
 * @param from ISO date in the month to show; without both, the month of the first free time
 */
export const loadPractitionerTimes = cache(
  async (
    practitionerId: string,
    asked: string | undefined,
    day: string | undefined,
    from: string | undefined,
  ): Promise<PractitionerTimesDto | undefined> => {
    const [viewer, now] = [await loadViewer(), systemNow()];
    const [practitioner, all] = await Promise.all([
      findPractitioner(db(), practitionerId),
      listVisitTypes(db()),
    ]);
    if (!practitioner) return undefined;
    const offered = all.filter(({ id }) => practitioner.visitTypeIds.includes(id));
    const chosen = offered.find(({ id }) => id === asked) ?? offered[0];
    return {
      practitionerId,
      name: practitioner.displayName,
      specialty: practitioner.specialty.names[viewer.locale],
      languages: describeLanguages(practitioner.languages, viewer.locale),
      introduction: practitioner.introductions?.[viewer.locale] ?? "",
      visitTypes: offered.map((type) => ({
        visitTypeId: type.id,
        name: type.names[viewer.locale],
        durationMinutes: type.durationMinutes,
        href: timesPath(practitionerId, { visitTypeId: type.id }),
        isChosen: type === chosen,
      })),
      calendar: chosen
        ? await loadCalendar(
            {
              practitioner,
              visitType: chosen,
              day,
              from,
              link: (query) => timesPath(practitionerId, { visitTypeId: chosen.id, ...query }),
            },
            viewer,
            now,
          )
        : null,
      zone: describeZone(viewer, now),
    };
  },
);
