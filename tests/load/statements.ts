import { createHash } from "node:crypto";
import pg from "pg";

/** A statement as it went to PostgreSQL. */
export type Statement = { text: string; values: unknown[] };

type Query = { text?: string; values?: unknown[] } | string;

/** Writes down what every connection of this process sends, transaction by transaction, until it is stopped. */
export function recordStatements(): { stop: () => Statement[][] } {
  const done: Statement[][] = [];
  const open = new Map<object, Statement[]>();
  const { query } = pg.Client.prototype;
  pg.Client.prototype.query = function record(this: pg.Client, ...args: unknown[]) {
    const sent = args[0] as Query;
    const text = typeof sent === "string" ? sent : (sent.text ?? "");
    const values = typeof sent === "string" ? [] : (sent.values ?? []);
    if (/^BEGIN/i.test(text)) open.set(this, []);
    else if (/^COMMIT/i.test(text)) {
      const lines = open.get(this);
      if (lines) done.push(lines);
      open.delete(this);
    } else if (/^ROLLBACK/i.test(text)) open.delete(this);
    else open.get(this)?.push({ text, values });
    return Reflect.apply(query, this, args);
  } as typeof query;
  return {
    stop: () => {
      pg.Client.prototype.query = query;
      return done;
    },
  };
}

const names = new Map<string, string>();

/** PostgreSQL cuts longer names. */
function nameOf(text: string): string {
  const known = names.get(text) ?? createHash("sha256").update(text).digest("hex").slice(0, 40);
  names.set(text, known);
  return known;
}

/** One recorded transaction anew, each statement prepared once on each connection. */
export async function replay(pool: pg.Pool, lines: readonly Statement[]): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query("BEGIN");
    for (const { text, values } of lines) await client.query({ name: nameOf(text), text, values });
    await client.query("COMMIT");
  } finally {
    client.release();
  }
}
