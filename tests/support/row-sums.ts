import type { Db } from "@/lib/db/client";

/** Every attempt may leave a row in these: it is written down, or counted. Whoever has a page open is present. */
const NOTED = [
  ...["audit_event", "audit_chain", "audit_seal", "audit_sealed_chain", "rate_limit", "refusal_tally"],
  "presence",
];

/**
 * For each other table a sum over its rows, to see that nothing at all was changed; of a session all but when it was last seen.
 *
 * @param leftOut further tables that may change meanwhile
 */
export async function sumsOfTables(
  database: Db,
  leftOut: readonly string[] = [],
): Promise<Record<string, string>> {
  const tables = await database.$queryRaw<{ name: string }[]>`
    SELECT table_name AS name FROM information_schema.tables
    WHERE table_schema = 'public' AND table_type = 'BASE TABLE' ORDER BY 1`;
  const queries = tables
    .filter(({ name }) => ![...NOTED, ...leftOut].includes(name))
    .map(({ name }) => {
      const written = name === "session" ? "(to_jsonb(r) - 'last_seen_at')::text" : "r::text";
      return `SELECT '${name}' AS name, count(*) || ' rows, ' || coalesce(sum(hashtextextended(${written}, 0)), 0) AS sum FROM "${name}" r`;
    });
  const sums = await database.$queryRawUnsafe<{ name: string; sum: string }[]>(queries.join(" UNION ALL "));
  return Object.fromEntries(sums.map(({ name, sum }) => [name, sum]));
}
