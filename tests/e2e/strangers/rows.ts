import type { PortalAddresses } from "@/tests/support/portal";
import { withRows } from "../practice";

/** Every attempt may leave a row in these: it is written down, or counted. Whoever has a page open is present. */
const NOTED = [
  ...["audit_event", "audit_chain", "audit_seal", "audit_sealed_chain", "rate_limit", "refusal_tally"],
  "presence",
];

/** And in these, where a worker keeps them by itself meanwhile. */
const KEPT = [
  ...["session", "conference", "guest", "notification", "access_link", "attendance"],
  // Whoever deletes a file changes its own row too; the store's sweep takes this one away.
  "removed_file",
];

/**
 * A sum over every row of every other table, to see that nothing at all was changed.
 *
 * @param hasWorker without one mails, links and sessions are compared too; of a session all but when it was last seen
 */
export const sumsOfRows = (
  portal: PortalAddresses,
  { hasWorker = true }: { hasWorker?: boolean } = {},
): Promise<Record<string, string>> =>
  withRows(portal, async (database) => {
    const tables = await database.$queryRaw<{ name: string }[]>`
      SELECT table_name AS name FROM information_schema.tables
      WHERE table_schema = 'public' AND table_type = 'BASE TABLE' ORDER BY 1`;
    const leftOut = hasWorker ? [...NOTED, ...KEPT] : NOTED;
    const queries = tables
      .filter(({ name }) => !leftOut.includes(name))
      .map(({ name }) => {
        const written = name === "session" ? "(to_jsonb(r) - 'last_seen_at')::text" : "r::text";
        return `SELECT '${name}' AS name, count(*) || ' rows, ' || coalesce(sum(hashtextextended(${written}, 0)), 0) AS sum FROM "${name}" r`;
      });
    const sums = await database.$queryRawUnsafe<{ name: string; sum: string }[]>(queries.join(" UNION ALL "));
    return Object.fromEntries(sums.map(({ name, sum }) => [name, sum]));
  });
