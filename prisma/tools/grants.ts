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
 * @throws when the role could change append-only rows all the same, at once or after giving itself a right that it may give: it is a
 *   superuser, the owner, a member of the owner though it inherits nothing, may make roles, or has a right to a column alone; and when it
 *   could drop their tables, as whoever owns the schema or the database can
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
    for (const table of APPEND_ONLY) await refusePower(owner, role, table);
    await refuseOwnership(owner, role);
    await owner.query("COMMIT");
  } catch (error) {
    await owner.query("ROLLBACK");
    throw error;
  }
}

/**
 * Every way to the table's rows, also those that take one more step: membership in whoever owns it, which `SET ROLE` makes use of;
 * `CREATEROLE`, which before PostgreSQL 16 gives membership in any role; `UPDATE` of single columns, which the table's own rights do not show.
 */
async function refusePower(owner: pg.ClientBase, role: string, table: string): Promise<void> {
  const { rows } = await owner.query<{ powerful: boolean }>(
    `SELECT r.rolsuper OR r.rolcreaterole OR pg_has_role(r.oid, c.relowner, 'MEMBER')
       OR has_table_privilege(r.oid, c.oid, 'UPDATE, DELETE, TRUNCATE')
       OR has_any_column_privilege(r.oid, c.oid, 'UPDATE')
       OR EXISTS (
         SELECT FROM pg_roles AS other
         WHERE pg_has_role(r.oid, other.oid, 'MEMBER')
           AND (other.rolsuper OR other.rolcreaterole
             OR has_table_privilege(other.oid, c.oid, 'UPDATE, DELETE, TRUNCATE')
             OR has_any_column_privilege(other.oid, c.oid, 'UPDATE'))
       ) AS powerful
     FROM pg_roles AS r, pg_class AS c
     WHERE r.rolname = $1 AND c.oid = $2::regclass`,
    [role, `public.${table}`],
  );
  if (rows[0]?.powerful !== false) {
    throw new Error(
      `the role of DATABASE_URL, ${role}, could change public.${table}. Give the application a role of its own: no superuser, none that makes roles, not the owner, and no member of it`,
    );
  }
}

/**
 * Whoever owns a schema may drop what is in it, whoever owns that. Since PostgreSQL 15 `public` belongs to `pg_database_owner`, of which
 * the database's owner is a member that no list of members shows; and may drop the database in any version.
 */
async function refuseOwnership(owner: pg.ClientBase, role: string): Promise<void> {
  const { rows } = await owner.query<{ owns: boolean }>(
    `SELECT pg_has_role(r.oid, d.datdba, 'MEMBER') OR pg_has_role(r.oid, n.nspowner, 'MEMBER') AS owns
     FROM pg_roles AS r, pg_database AS d, pg_namespace AS n
     WHERE r.rolname = $1 AND d.datname = current_database() AND n.nspname = 'public'`,
    [role],
  );
  if (rows[0]?.owns !== false) {
    throw new Error(
      `the role of DATABASE_URL, ${role}, owns the database or the schema public, or is a member of the role that does, and could drop the audit trail. Let the role of DATABASE_OWNER_URL own both`,
    );
  }
}
