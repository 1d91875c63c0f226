import "server-only";
import { systemNow } from "@/lib/core/clock";
import { db } from "@/lib/db/client";
import { listPractitioners, listVisitTypes } from "@/lib/directory/data";
import type { PractitionerDto } from "@/lib/directory/types";
import { loadViewer } from "@/lib/i18n/viewer";
import { findFirstTimes } from "../data/first-times";
import { describeEntry } from "../format/directory";
import { describeZone } from "../format/times";
import { applyFilter, directoryOptions } from "../rules/directory";
import type { DirectoryDto, DirectoryFilter } from "../types/directory";

/**
 * The front page: the practitioners that a filter leaves, whoever is free first at the top. A value that no option has filters
 * nothing. The number of queries grows with the clinic's visit types, never with its practitioners.
 */
export async function loadDirectory(asked: DirectoryFilter): Promise<DirectoryDto> {
  const [viewer, now] = [await loadViewer(), systemNow()];
  const [everybody, visitTypes] = await Promise.all([listPractitioners(db()), listVisitTypes(db())]);
  const options = directoryOptions(everybody, visitTypes, viewer.locale);
  const { filter, found } = applyFilter(everybody, asked, options);

  const first = await findFirstTimes(db(), {
    practitionerIds: found.map(({ id }) => id),
    visitTypeId: filter.visitType,
    timeZone: viewer.timeZone,
    now,
  });
  const startOf = (practitioner: PractitionerDto) =>
    first.get(practitioner.id)?.slots[0]?.startAt.epochMilliseconds ?? Number.POSITIVE_INFINITY;
  const entries = found
    .toSorted((a, b) => (startOf(a) < startOf(b) ? -1 : Number(startOf(a) > startOf(b))))
    .map((practitioner) => {
      const { visitTypeId = filter.visitType, slots = [] } = first.get(practitioner.id) ?? {};
      const visitType = visitTypes.find(({ id }) => id === visitTypeId);
      return describeEntry(practitioner, { visitType, slots }, viewer, now);
    });
  return { entries, options, filter, zone: describeZone(viewer, now) };
}
