import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import pg from "pg";
import { CHANNEL } from "@/lib/events/topics";
import { inRoot } from "@/lib/launcher/paths.mjs";
import type { ReceivedMail } from "@/lib/mail/mailbox/types";
import { unseal } from "@/lib/security/seal";
import { SEALED_COLUMNS } from "@/prisma/tools/sealed";
import { TEST_ENV } from "@/tests/support/env";
import type { PortalAddresses } from "@/tests/support/portal";

/*
 * Everything that a running portal writes, sends and asks for, to be searched for words that do not belong there.
 */

/** Which of the words are in it, however they are written. */
export const found = (haystack: string, words: readonly string[]): string[] =>
  words.filter((one) => haystack.toLowerCase().includes(one.toLowerCase()));

async function asOwner<T>(portal: PortalAddresses, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: portal.DATABASE_OWNER_URL });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/**
 * Every column of the database, the queue's among them, that has one of these words in a row; bytes are looked through as well.
 *
 * @returns `table.column`, with the schema's name before it where that is not the portal's own
 */
export const columnsWith = (portal: PortalAddresses, words: readonly string[]): Promise<string[]> =>
  asOwner(portal, async (client) => {
    const { rows: tables } = await client.query<{ schema: string; table: string; columns: string[] }>(
      `SELECT c.table_schema AS schema, c.table_name AS table, array_agg(c.column_name::text) AS columns
       FROM information_schema.columns c JOIN information_schema.tables t USING (table_schema, table_name)
       WHERE t.table_type = 'BASE TABLE' AND c.table_schema NOT IN ('pg_catalog', 'information_schema')
       GROUP BY 1, 2`,
    );
    const hex = words.map((one) => Buffer.from(one).toString("hex"));
    const pattern = [...words, ...hex].join("|");
    const named: string[] = [];
    for (const { schema, table, columns } of tables) {
      const asked = columns.map((column) => `bool_or("${column}"::text ~* $1) AS "${column}"`);
      const { rows } = await client.query(`SELECT ${asked.join(", ")} FROM "${schema}"."${table}"`, [
        pattern,
      ]);
      const name = schema === "public" ? table : `${schema}.${table}`;
      named.push(...columns.filter((column) => rows[0]?.[column]).map((column) => `${name}.${column}`));
    }
    return named.toSorted();
  });

/** What the portals of the tests seal with. */
const KEYS = (TEST_ENV.DATA_KEYS ?? "").split(",").map((one) => {
  const [id = "", key = ""] = one.split(":");
  return { id, key: Buffer.from(key, "base64") };
});

/** The sealed columns in which a row has this word once it is opened: how far the journeys have come. */
export const sealedWith = (portal: PortalAddresses, word: string): Promise<string[]> =>
  asOwner(portal, async (client) => {
    const named: string[] = [];
    for (const { table, id, sealed, keyId, place } of SEALED_COLUMNS) {
      const { rows } = await client.query<{ id: string; sealed: Buffer<ArrayBuffer>; keyId: string }>(
        `SELECT "${id}" AS id, "${sealed}" AS sealed, "${keyId}" AS "keyId" FROM "${table}" WHERE "${sealed}" IS NOT NULL`,
      );
      if (rows.some((row) => unseal(row, place(row.id), KEYS).includes(word)))
        named.push(`${table}.${sealed}`);
    }
    return named.toSorted();
  });

/** Hears everything that the portal announces, by id as it should be. */
export async function hearTopics(portal: PortalAddresses) {
  const client = new pg.Client({ connectionString: portal.DATABASE_URL });
  const topics: string[] = [];
  client.on("notification", ({ payload }) => topics.push(payload ?? ""));
  await client.connect();
  await client.query(`LISTEN ${CHANNEL}`);
  return { topics, stop: () => client.end() };
}

/** Where a portal has its files. */
function homeOf({ url }: PortalAddresses): string {
  const cache = inRoot(".cache");
  const home = readdirSync(cache).find(
    (name) => name.startsWith("portal-") && name.endsWith(`-${new URL(url).port}`),
  );
  if (!home) throw new Error("the portal has no files");
  return join(cache, home);
}

/** The logs of a portal's own processes, as one; the sandbox and the mailbox stand for others. */
export function logsOf(portal: PortalAddresses): string {
  const logs = join(homeOf(portal), "logs");
  return readdirSync(logs)
    .filter((name) => /^(portal|worker)/.test(name))
    .map((name) => readFileSync(join(logs, name), "utf8"))
    .join("\n");
}

/** What a portal keeps as files beside its logs: their names and bytes. The mails are the mailbox's, which stands for others. */
export const filesOf = (portal: PortalAddresses): string =>
  readdirSync(homeOf(portal), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !/^(logs|mailbox)\b/.test(relative(homeOf(portal), path)))
    .map((path) => `${path}\n${readFileSync(path, "latin1")}`)
    .join("\n");

type Asked = { path: string; query: Record<string, string>; body: string };

/** What TrueConf was asked: the names under which people are shown in calls, and all the rest. */
export async function toldToTrueConf({ sandboxUrl }: PortalAddresses) {
  const answer = await fetch(`${sandboxUrl}/_sandbox/requests`);
  const { requests } = (await answer.json()) as { requests: Asked[] };
  const shown = requests.map(({ query }) => query.user?.split("*", 2)[1] ?? "");
  const rest = requests.map(({ path, query: { user, ...query }, body }) =>
    JSON.stringify([path, user?.split("*", 1), query, body]),
  );
  return { shown, rest: rest.join("\n") };
}

/** A mail as it went out: what stands on it, but for whom it is to, and what is in it. */
export type SentMail = { headers: string; content: string };

export async function mailsTo({ mailboxUrl }: PortalAddresses, email: string): Promise<SentMail[]> {
  const list = await fetch(`${mailboxUrl}/api/messages?to=${encodeURIComponent(email)}`);
  const mails: SentMail[] = [];
  for (const { id } of (await list.json()) as { id: string }[]) {
    const mail = (await (await fetch(`${mailboxUrl}/api/messages/${id}`)).json()) as ReceivedMail;
    const { to: _to, ...headers } = mail.headers;
    mails.push({ headers: JSON.stringify([mail.subject, headers]), content: JSON.stringify(mail) });
  }
  return mails;
}

/**
 * From now on every new row of a table is refused by an error that nobody expects, and that quotes these words as PostgreSQL quotes
 * rows.
 *
 * @returns what mends it
 */
export async function failAt(
  portal: PortalAddresses,
  table: string,
  words: string,
): Promise<() => Promise<unknown>> {
  const quoted = pg.escapeLiteral(`Failing row contains (${words}).`);
  await asOwner(portal, (client) =>
    client.query(`
      CREATE FUNCTION "fail_at_${table}"() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN RAISE EXCEPTION USING MESSAGE = ${quoted}, DETAIL = ${quoted}, HINT = ${quoted}; END $$;
      CREATE TRIGGER "fail_at" BEFORE INSERT ON "${table}" FOR EACH ROW EXECUTE FUNCTION "fail_at_${table}"();`),
  );
  return () => asOwner(portal, (client) => client.query(`DROP FUNCTION "fail_at_${table}" CASCADE`));
}
