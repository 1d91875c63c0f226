import "server-only";
import { systemNow } from "@/lib/core/clock";
import { db } from "@/lib/db/client";
import { loadViewer } from "@/lib/i18n/viewer";
import { readVisitorHash } from "@/lib/security/visitor";
import { findDirectoryPage, PAGE_SIZE } from "../data/directory";
import { describeEntry, directoryPath } from "../format/directory";
import { describeZone } from "../format/times";
import { parsePage } from "../rules/directory";
import type { DirectoryDto, DirectoryFilter } from "../types/directory";

/**
 * The front page: the practitioners that a filter leaves, whoever is free first at the top.
 *
 * @param page as the address has it, from 1; beyond the last one it is the last
 */
export async function loadDirectory({
  page,
  ...asked
}: DirectoryFilter & { page: string | undefined }): Promise<DirectoryDto> {
  const [viewer, exceptHolder, now] = [await loadViewer(), await readVisitorHash(), systemNow()];
  const search = { ...asked, page: parsePage(page), exceptHolder };
  const { found, practitioners, visitTypes, filter, dates, ...result } = await findDirectoryPage(
    db(),
    search,
    viewer,
    now,
  );
  const entries = found.flatMap(({ practitionerId, visitTypeId = filter.visitType, slots }) => {
    const practitioner = practitioners.get(practitionerId);
    if (!practitioner) return [];
    const visitType = visitTypes.find(({ id }) => id === visitTypeId);
    return [describeEntry(practitioner, { visitType, slots }, viewer, now)];
  });
  const shown = result.offset / PAGE_SIZE + 1;
  const count = Math.max(1, Math.ceil(result.total / PAGE_SIZE));
  return {
    entries,
    total: result.total,
    isNear: result.isNear,
    pages: {
      page: shown,
      count,
      previousHref: shown > 1 ? directoryPath(filter, shown - 1) : null,
      nextHref: shown < count ? directoryPath(filter, shown + 1) : null,
    },
    options: result.options,
    filter,
    dates: { first: dates.first.toString(), last: dates.last.toString() },
    zone: describeZone(viewer, now),
  };
}
