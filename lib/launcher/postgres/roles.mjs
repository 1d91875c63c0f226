import { randomBytes } from "node:crypto";

/**
 * The two roles of the portal: the owner migrates, the application works and can neither alter the schema nor touch what is
 * append-only. The README has the same statements for a PostgreSQL of one's own.
 */
export const OWNER_ROLE = "portal_owner";
export const APPLICATION_ROLE = "portal_app";
export const DATABASE = "portal";

export const newPassword = () => randomBytes(24).toString("base64url");

/**
 * Makes the database and both roles, or brings their passwords back to the given ones. Safe to repeat.
 *
 * @param {import("./cluster.mjs").Cluster} cluster
 * @param {{ owner: string, application: string, database?: string, template?: string }} options the roles' passwords
 * @returns {Promise<{ DATABASE_URL: string, DATABASE_OWNER_URL: string }>}
 */
export async function provisionDatabase(cluster, { owner, application, database = DATABASE, template }) {
  const { default: pg } = await import("pg");
  const { escapeIdentifier: name, escapeLiteral: literal } = pg;
  const client = new pg.Client({ connectionString: cluster.superuserUrl });
  await client.connect();
  try {
    for (const [role, password] of [
      [OWNER_ROLE, owner],
      [APPLICATION_ROLE, application],
    ]) {
      const { rowCount } = await client.query("SELECT 1 FROM pg_roles WHERE rolname = $1", [role]);
      const verb = rowCount ? "ALTER" : "CREATE";
      await client.query(
        `${verb} ROLE ${name(role)} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION PASSWORD ${literal(password)}`,
      );
      // The database adapter takes an instant's clock digits for UTC, whatever zone the session has.
      await client.query(`ALTER ROLE ${name(role)} SET timezone TO 'UTC'`);
    }
    const { rowCount } = await client.query("SELECT 1 FROM pg_database WHERE datname = $1", [database]);
    if (!rowCount) {
      const source = template ? ` TEMPLATE ${name(template)}` : "";
      await client.query(`CREATE DATABASE ${name(database)} OWNER ${name(OWNER_ROLE)}${source}`);
    }
    await client.query(`REVOKE ALL ON DATABASE ${name(database)} FROM PUBLIC`);
    await client.query(`GRANT CONNECT ON DATABASE ${name(database)} TO ${name(APPLICATION_ROLE)}`);
  } finally {
    await client.end();
  }
  return {
    DATABASE_URL: cluster.url(APPLICATION_ROLE, application, database),
    DATABASE_OWNER_URL: cluster.url(OWNER_ROLE, owner, database),
  };
}
