import type { PortalAddresses } from "@/tests/support/portal";
import { sumsOfTables } from "@/tests/support/row-sums";
import { withRows } from "../practice";

/** Where a worker keeps these by itself, they may change meanwhile. */
const KEPT = [
  ...["session", "conference", "guest", "notification", "access_link", "attendance"],
  // Whoever deletes a file changes its own row too; the store's sweep takes this one away.
  "removed_file",
];

/**
 * {@link sumsOfTables} of a running portal.
 *
 * @param hasWorker without one mails, links and sessions are compared too
 */
export const sumsOfRows = (
  portal: PortalAddresses,
  { hasWorker = true }: { hasWorker?: boolean } = {},
): Promise<Record<string, string>> =>
  withRows(portal, (database) => sumsOfTables(database, hasWorker ? KEPT : []));
