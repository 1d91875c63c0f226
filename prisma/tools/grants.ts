import pg from "pg";

/** Tables that the application may read and add to, and never change. */
const APPEND_ONLY = ["audit_event", "audit_seal"] as const;
const LEDGER = "_prisma_migrations";
const JOBS_SCHEMA = "pgboss";

/** The role of a connection string. */
export const roleOf = (url: string): string => decodeURIComponent(new URL(url).username);

/**
 * Lets the application's role use every table as it should: all of it, the append-only ones by SELECT and INSERT, the ledger of migrations
 * by SELECT. Run after every migration, as the owner; safe to repeat.
 *
 * @throws when the role could change append-only rows all the same: it is a superuser, the owner, or a member of the owner
 */
export async function grantApplicationRole(owner: pg.ClientBase, role: string): Promise<void> {
  const name = pg.escapeIdentifier(role);
  await owner.query("BEGIN");
  try {
    for (const schema of ["public", JOBS_SCHEMA]) {
      const { rowCount } = await owner.query("SELECT 1 FROM pg_namespace WHERE nspname = $1", [schema]);
      if (!rowCount) continue;
      await owner.query(`
        GRANT USAGE ON SCHEMA ${schema} TO ${name};
        GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ${schema} TO ${name};
        GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA ${schema} TO ${name};
      `);
    }
    for (const table of APPEND_ONLY)
      await owner.query(`REVOKE UPDATE, DELETE ON public.${table} FROM ${name}`);
    await owner.query(`REVOKE INSERT, UPDATE, DELETE ON public.${LEDGER} FROM ${name}`);
    for (const table of APPEND_ONLY) await refusePower(owner, role, `public.${table}`);
    await owner.query("COMMIT");
  } catch (error) {
    await owner.query("ROLLBACK");
    throw error;
  }
}

async function refusePower(owner: pg.ClientBase, role: string, table: string): Promise<void> {
  const { rows } = await owner.query<{ powerful: boolean }>(
    "SELECT has_table_privilege($1, $2, 'UPDATE, DELETE, TRUNCATE') AS powerful",
    [role, table],
  );
  if (rows[0]?.powerful) {
    throw new Error(
      `the role of DATABASE_URL, ${role}, could change ${table}. Give the application a role of its own: no superuser, not the owner, and no member of it`,
    );
  }
}
