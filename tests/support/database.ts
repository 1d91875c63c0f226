import { randomUUID } from "node:crypto";
import pg from "pg";
import { APPLICATION_ROLE, OWNER_ROLE } from "@/lib/launcher/postgres/roles.mjs";

/** What a test process needs to know of the run's PostgreSQL; plain data, since it crosses from one process to another. */
export type TestServer = {
  port: number;
  superuserPassword: string;
  ownerPassword: string;
  applicationPassword: string;
  /** A migrated and empty database, of which every test file gets a copy. */
  template: string;
};

export type TestDatabase = {
  DATABASE_URL: string;
  DATABASE_OWNER_URL: string;
  drop: () => Promise<void>;
};

const urlOf = (server: TestServer, role: string, password: string, database: string) =>
  `postgresql://${role}:${password}@127.0.0.1:${server.port}/${database}?sslmode=disable`;

async function asSuperuser(server: TestServer, sql: string): Promise<void> {
  const client = new pg.Client({
    connectionString: urlOf(server, "postgres", server.superuserPassword, "postgres"),
  });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

/** A database of one's own: a copy of the migrated template, for both roles. */
export const createTestDatabase = (server: TestServer): Promise<TestDatabase> =>
  copyOf(server, server.template);

/** A copy of a database with all its rows, to which nobody is connected. */
export const copyDatabase = (server: TestServer, original: TestDatabase): Promise<TestDatabase> =>
  copyOf(server, new URL(original.DATABASE_URL).pathname.slice(1));

async function copyOf(server: TestServer, template: string): Promise<TestDatabase> {
  const name = `test_${randomUUID().replaceAll("-", "")}`;
  await asSuperuser(server, `CREATE DATABASE ${name} TEMPLATE ${template} OWNER ${OWNER_ROLE}`);
  return {
    DATABASE_URL: urlOf(server, APPLICATION_ROLE, server.applicationPassword, name),
    DATABASE_OWNER_URL: urlOf(server, OWNER_ROLE, server.ownerPassword, name),
    drop: () => asSuperuser(server, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
  };
}
