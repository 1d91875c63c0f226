import fc from "fast-check";
import { runningPortal } from "@/tests/support/browser-setup";
import { expect, test } from "@/tests/support/fixtures";
import { isAction, type PlainForm, plainForms, postPlainly } from "@/tests/support/plain-forms";
import { spoiled } from "./fuzz/nonsense";
import { READERS, type Reader, type Row, type StorageState, stagePages } from "./pages";
import { withRows } from "./practice";

/*
 * Nonsense in every form of the portal's pages, sent as a browser without scripts does. Whatever comes, it is answered below 500; and what
 * is refused leaves nothing behind. `fuzz/` has the doors themselves.
 */

/** The same nonsense at every run; another number finds other nonsense. */
const SEED = Number(process.env.FUZZ_SEED ?? 20_261_123);
/** Few: each answer is a whole page, and `fuzz/` tries the same actions with more. */
const RUNS = 3;

/** Forms that would end the tests' own session or count against an address; `doors.spec` has them. */
const LEFT_OUT = /sign-out|sign-in/;

let rows: Row[] = [];
let sessions = new Map<Reader, StorageState>();

test.beforeAll(async ({ browser }) => {
  ({ rows, sessions } = await stagePages(browser, runningPortal()));
});

const cookieOf = (reader: Reader): string =>
  (sessions.get(reader)?.cookies ?? []).map(({ name, value }) => `${name}=${value}`).join("; ");

const pagesOf = (reader: Reader) => rows.filter((row) => row.reader === reader && row.status === undefined);

/** Every attempt may leave a row in these, or the worker writes and empties them by itself meanwhile. */
const UNCOUNTED = [
  ...["audit_event", "audit_seal", "audit_sealed_chain", "rate_limit", "session", "refusal_tally"],
  ...["conference", "guest", "notification", "access_link", "waitlist_offer"],
  // What is said by one click is taken where its field is left as it was, and answered by the page itself.
  ...["waiting_message", "delay"],
];
/** Answered by the page itself and not by another address, where it is done: one click, and an invitation whose address may be left out. */
const ANSWERED_HERE = /start-video|^(invite|prove-by-mail)$/;
/** The worker offers freed times to whoever waits: what hangs on an offer is its doing. */
const NOT_OFFERED: Readonly<Record<string, string>> = {
  appointment: "WHERE id NOT IN (SELECT appointment_id FROM waitlist_offer)",
  slot: "WHERE appointment_id IS NULL OR appointment_id NOT IN (SELECT appointment_id FROM waitlist_offer)",
};

/** How many rows each of the other tables has. */
const countRows = () =>
  withRows(runningPortal(), async (database) => {
    const tables = await database.$queryRaw<{ name: string }[]>`
      SELECT table_name AS name FROM information_schema.tables
      WHERE table_schema = 'public' ORDER BY 1`;
    const counts: Record<string, number> = {};
    for (const { name } of tables.filter((table) => !UNCOUNTED.includes(table.name))) {
      const [row] = await database.$queryRawUnsafe<{ count: number }[]>(
        `SELECT count(*)::int AS count FROM "${name}" ${NOT_OFFERED[name] ?? ""}`,
      );
      counts[name] = row?.count ?? 0;
    }
    return counts;
  });

/** The tables that have more rows than before; time and some forms take rows away, which is no nonsense's doing. */
const grown = (before: Readonly<Record<string, number>>, after: Readonly<Record<string, number>>) =>
  Object.keys(after).filter((name) => (after[name] ?? 0) > (before[name] ?? 0));

async function formsOf(reader: Reader): Promise<Map<string, PlainForm>> {
  const { url } = runningPortal();
  const forms = new Map<string, PlainForm>();
  for (const { path, route } of pagesOf(reader)) {
    const answer = await fetch(`${url}${path}`, { headers: { cookie: cookieOf(reader) } });
    for (const form of plainForms(await answer.text(), `${url}${path}`)) {
      const key = `${route} ${form.id}`;
      if (isAction(form) && !LEFT_OUT.test(form.id) && !forms.has(key)) forms.set(key, form);
    }
  }
  return forms;
}

for (const reader of READERS) {
  test(`no form of ${reader} breaks on what no browser of ours would send`, async () => {
    test.setTimeout(300_000);
    const cookie = cookieOf(reader);
    for (const [name, form] of await formsOf(reader)) {
      const before = await countRows();
      let accepted = 0;
      await fc.assert(
        fc.asyncProperty(spoiled(form), async (fields) => {
          const answer = await postPlainly(form, fields, { cookie });
          expect(answer.status, name).toBeLessThan(500);
          if (answer.status === 303) accepted += 1;
        }),
        { numRuns: RUNS, seed: SEED },
      );
      // A form may take some of it: an empty optional field is nothing wrong.
      if (accepted === 0 && !ANSWERED_HERE.test(form.id))
        expect(grown(before, await countRows()), `${name} refused everything and left rows`).toEqual([]);
    }
  });
}
