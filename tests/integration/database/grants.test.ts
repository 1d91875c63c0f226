import pg from "pg";
import { describe, expect, inject, it, onTestFinished } from "vitest";
import { newId } from "@/lib/core/ids";
import { grantApplicationRole } from "@/prisma/tools/grants";

const { port, superuserPassword } = inject("server");

/** A connection to this file's database, closed with the test. */
async function connect(user?: { name: string; password: string }): Promise<pg.Client> {
  const url = new URL(process.env.DATABASE_OWNER_URL ?? "");
  if (user) Object.assign(url, { username: user.name, password: user.password, port: String(port) });
  const client = new pg.Client({ connectionString: url.href });
  await client.connect();
  return client;
}

/** Roles that are as the statements make them, with `$role`, `$other` and `$database` for names; gone after the test. */
async function makeRoles(...statements: string[]): Promise<string> {
  const superuser = await connect({ name: "postgres", password: superuserPassword });
  const [role, other] = [`app_${newId()}`, `other_${newId()}`];
  onTestFinished(async () => {
    // What a test gave away goes back before the roles go.
    await superuser.query(
      `REASSIGN OWNED BY "${role}", "${other}" TO portal_owner; DROP OWNED BY "${role}", "${other}"; DROP ROLE "${role}", "${other}"`,
    );
    await superuser.end();
  });
  await superuser.query(`CREATE ROLE "${role}" NOINHERIT; CREATE ROLE "${other}"`);
  const names = { $role: role, $other: other, $database: superuser.database ?? "" };
  for (const statement of statements)
    await superuser.query(
      Object.entries(names).reduce((text, [sign, name]) => text.replaceAll(sign, `"${name}"`), statement),
    );
  return role;
}

async function grant(role: string): Promise<void> {
  const owner = await connect();
  try {
    await grantApplicationRole(owner, role);
  } finally {
    await owner.end();
  }
}

describe("the application's role", () => {
  it("is one that may nothing else, also where others may more", async () => {
    const role = await makeRoles("GRANT DELETE ON audit_event TO $other");
    await expect(grant(role)).resolves.toBeUndefined();
  });

  it.each([
    ["a superuser", ["ALTER ROLE $role SUPERUSER"]],
    ["one that makes roles", ["ALTER ROLE $role CREATEROLE"]],
    ["a member of the owner that inherits nothing", ["GRANT portal_owner TO $role"]],
    ["a member of a member of the owner", ["GRANT portal_owner TO $other", "GRANT $other TO $role"]],
    ["a member of one that may delete", ["GRANT DELETE ON audit_seal TO $other", "GRANT $other TO $role"]],
    [
      "a member of one that may change a column",
      ["GRANT UPDATE (details) ON audit_event TO $other", "GRANT $other TO $role"],
    ],
    ["a member of one that makes roles", ["ALTER ROLE $other CREATEROLE", "GRANT $other TO $role"]],
  ])("is not %s", async (_, statements) => {
    const role = await makeRoles(...statements);
    await expect(grant(role)).rejects.toThrow(`${role}, could change public.audit_`);
  });

  it.each([
    ["the owner of the database", ["ALTER DATABASE $database OWNER TO $role"]],
    [
      "a member of the database's owner",
      ["ALTER DATABASE $database OWNER TO $other", "GRANT $other TO $role"],
    ],
    ["the owner of the schema", ["ALTER SCHEMA public OWNER TO $role"]],
  ])("is not %s, who could drop what it may not change", async (_, statements) => {
    const role = await makeRoles(...statements);
    await expect(grant(role)).rejects.toThrow(`${role}, owns the database or the schema public`);
  });
});
