import type { PortalAddresses } from "@/tests/support/portal";
import { withRows } from "../practice";

/** Every attempt may leave a row in these, or the worker keeps them by itself meanwhile. */
const LEFT_OUT = [
  ...[
    "audit_event",
    "audit_chain",
    "audit_seal",
    "audit_sealed_chain",
    "rate_limit",
    "session",
    "refusal_tally",
  ],
  ...["conference", "guest", "notification", "access_link", "presence", "attendance"],
  // Whoever deletes a file changes its own row too; the store's sweep takes this one away.
  "removed_file",
];

/** A sum over every row of every other table, to see that nothing at all was changed. */
export const sumsOfRows = (portal: PortalAddresses): Promise<Record<string, string>> =>
  withRows(portal, async (database) => {
    const tables = await database.$queryRaw<{ name: string }[]>`
      SELECT table_name AS name FROM information_schema.tables
      WHERE table_schema = 'public' AND table_type = 'BASE TABLE' ORDER BY 1`;
    const sums: Record<string, string> = {};
    for (const { name } of tables.filter((table) => !LEFT_OUT.includes(table.name))) {
      const [row] = await database.$queryRawUnsafe<{ sum: string }[]>(
        `SELECT md5(coalesce(string_agg(r::text, '|' ORDER BY r::text), '')) AS sum FROM "${name}" r`,
      );
      sums[name] = row?.sum ?? "";
    }
    return sums;
  });
