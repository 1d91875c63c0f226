import pg from "pg";

/** Deletes everything that the portal keeps in its database, as the owning role: data, tables and the jobs' queues. */
async function reset(ownerUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl, connectionTimeoutMillis: 10_000 });
  await client.connect();
  try {
    await client.query("SET client_min_messages TO warning");
    await client.query(
      "DROP SCHEMA IF EXISTS pgboss CASCADE; DROP SCHEMA public CASCADE; CREATE SCHEMA public",
    );
  } finally {
    await client.end();
  }
}

const { DATABASE_OWNER_URL } = process.env;
if (!DATABASE_OWNER_URL) throw new Error("DATABASE_OWNER_URL is missing");
await reset(DATABASE_OWNER_URL);
