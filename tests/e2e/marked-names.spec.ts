import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import pg from "pg";
import { CHANNEL } from "@/lib/events/topics";
import { inRoot } from "@/lib/launcher/paths.mjs";
import { expect, test } from "@/tests/support/fixtures";
import { type FieldValue, isAction, plainForms, postPlainly } from "@/tests/support/plain-forms";
import type { PortalAddresses } from "@/tests/support/portal";
import { openPractice } from "./practice";
import { agree, linkFromMail, signIn } from "./steps";

/*
 * A visit from booking to summary with words that are nowhere else, and then a search for them in everything that was written, sent and
 * asked for meanwhile: rows, jobs, topics, logs, addresses, mails and what TrueConf was told.
 */

const unique = () => crypto.randomUUID().slice(0, 8);
/** What somebody is called and where they are reached; and what they say, which is clinical. */
const mark = { name: `Namemark${unique()}`, address: `addressmark${unique()}`, text: `Textmark${unique()}` };
const MARKS = Object.values(mark);
const EMAIL = `${mark.address}@example.org`;

const found = (haystack: string, marks: readonly string[] = MARKS) =>
  marks.filter((one) => haystack.toLowerCase().includes(one.toLowerCase()));

/** Where people's names and addresses are: of these tables alone is it known, and written down in docs/privacy.md. */
const PERSONAL_TABLES = ["patient", "third_person"];

/** Every table of the database, the queue's among them, that has a row with one of these words; sealed bytes are looked through as well. */
async function tablesWith(portal: PortalAddresses, marks: readonly string[]): Promise<string[]> {
  const client = new pg.Client({ connectionString: portal.DATABASE_OWNER_URL });
  await client.connect();
  try {
    const { rows: tables } = await client.query<{ schema: string; name: string }>(
      `SELECT table_schema AS schema, table_name AS name FROM information_schema.tables
       WHERE table_schema NOT IN ('pg_catalog', 'information_schema') AND table_type = 'BASE TABLE'`,
    );
    expect(tables.some(({ schema }) => schema !== "public")).toBe(true);
    const hex = marks.map((one) => Buffer.from(one).toString("hex"));
    const pattern = [...marks, ...hex].join("|");
    const named: string[] = [];
    for (const { schema, name } of tables) {
      const { rowCount } = await client.query(
        `SELECT 1 FROM "${schema}"."${name}" t WHERE t::text ~* $1 LIMIT 1`,
        [pattern],
      );
      if (rowCount) named.push(schema === "public" ? name : `${schema}.${name}`);
    }
    return named.toSorted();
  } finally {
    await client.end();
  }
}

/** Everything that the portal announces, by id as it should be. */
async function listen(portal: PortalAddresses) {
  const client = new pg.Client({ connectionString: portal.DATABASE_URL });
  const topics: string[] = [];
  client.on("notification", ({ payload }) => topics.push(payload ?? ""));
  await client.connect();
  await client.query(`LISTEN ${CHANNEL}`);
  return { topics, stop: () => client.end() };
}

/** The logs of a portal's own processes; the sandbox and the mailbox stand for others. */
function logsOf({ url }: PortalAddresses): string {
  const cache = inRoot(".cache");
  const home = readdirSync(cache).find(
    (name) => name.startsWith("portal-") && name.endsWith(`-${new URL(url).port}`),
  );
  if (!home) throw new Error("the portal has no logs");
  const logs = join(cache, home, "logs");
  return readdirSync(logs)
    .filter((name) => /^(portal|worker)/.test(name))
    .map((name) => readFileSync(join(logs, name), "utf8"))
    .join("\n");
}

const WORDS = ["text", "textarea", "search"];
const LEFT_ALONE = /sign-out|sign-in|locale|theme|zone|cancel|move|no-show|delay|end-visit|feed/i;

/** Fills whatever can be written in on a page with marked words, and sends it. @returns which forms took it */
async function writeEverywhere(page: Page, path: string): Promise<string[]> {
  const url = new URL(path, page.url()).href;
  const cookies = await page.context().cookies();
  const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join("; ");
  const taken: string[] = [];
  const html = await (await fetch(url, { headers: { cookie } })).text();
  for (const form of plainForms(html, url)) {
    const typed = [...form.types].filter(([, type]) => WORDS.includes(type) || type === "email");
    if (!isAction(form) || LEFT_ALONE.test(form.id) || typed.length === 0) continue;
    const names = typed.map(([name]) => name);
    const fields: FieldValue[] = form.fields.filter(([name]) => !names.includes(name));
    for (const [name, type] of typed)
      fields.push([
        name,
        type === "email" ? EMAIL : /name/i.test(name) ? mark.name : `An invented ${mark.text}`,
      ]);
    const button = form.buttons.find(({ field }) => field !== undefined)?.field;
    const answer = await postPlainly(form, button ? [...fields, button] : fields, { cookie });
    expect(answer.status, form.id).toBeLessThan(500);
    if (answer.status === 303 || answer.ok) taken.push(form.id);
    await answer.body?.cancel();
  }
  return taken;
}

test("nobody's name, address or words are where they do not belong", async ({
  visitor,
  portal,
  expectNoise,
}) => {
  expectNoise(/404|409/);
  const practice = await openPractice(portal);
  const { topics, stop } = await listen(portal);
  const [patient, practitioner] = [await visitor("desktop"), await visitor("desktop")];
  const asked: string[] = [];
  for (const page of [patient, practitioner]) page.context().on("request", (one) => asked.push(one.url()));

  await patient.goto(`/practitioners/${practice.practitionerId}`);
  await patient
    .getByRole("button", { name: /^\d\d:\d\d, / })
    .first()
    .click();
  await patient.getByLabel("Your full name").fill(`Paula ${mark.name}`);
  await patient.getByLabel("E-mail address").fill(EMAIL);
  await patient.getByLabel("Why are you coming?").fill(`An invented ${mark.text}`);
  await agree(patient);
  await patient.getByRole("button", { name: "Book this visit" }).click();
  await expect(patient.getByText("Your visit is booked").first()).toBeVisible();
  const link = await linkFromMail(portal.mailboxUrl, EMAIL);
  const token = link.split("/").at(-1) ?? "";

  await signIn(practitioner, practice.account);
  await practitioner.goto("/agenda");
  await practitioner
    .getByRole("link", { name: new RegExp(mark.name) })
    .first()
    .click();
  await practitioner.waitForURL(/\/agenda\/[0-9a-f-]{36}/);
  const path = new URL(practitioner.url()).pathname;
  const call = (page: Page, name: string, data: object) =>
    page.context().request.post(`${portal.url}/api/visits/${path.split("/")[2]}/${name}`, {
      headers: { origin: portal.url },
      data,
    });

  const before = await writeEverywhere(practitioner, path);
  expect((await call(practitioner, "start", {})).status()).toBe(200);
  expect((await call(patient, "join", { token })).status()).toBe(200);
  const during = await writeEverywhere(practitioner, path);
  const theirs = await writeEverywhere(patient, link);
  expect(new Set([...before, ...during, ...theirs]).size).toBeGreaterThan(3);
  expect((await call(practitioner, "end", {})).status()).toBe(200);
  await writeEverywhere(practitioner, path);
  // Whatever of it is mailed has been by then.
  await expect
    .poll(async () => {
      const mails = await (
        await fetch(`${portal.mailboxUrl}/api/messages?to=${encodeURIComponent(EMAIL)}`)
      ).json();
      return (mails as unknown[]).length;
    })
    .toBeGreaterThan(1);
  await stop();

  expect(await tablesWith(portal, [mark.text]), "clinical text that lies open").toEqual([]);
  expect(await tablesWith(portal, [token]), "a token that lies open").toEqual([]);
  const personal = await tablesWith(portal, [mark.name, mark.address]);
  expect(personal.filter((name) => !PERSONAL_TABLES.includes(name))).toEqual([]);
  expect(personal).toContain("patient");

  expect(topics.length).toBeGreaterThan(3);
  expect(found(topics.join("\n"))).toEqual([]);
  const logs = logsOf(portal);
  expect(logs.length).toBeGreaterThan(500);
  expect(found(logs, [...MARKS, token]), "the logs").toEqual([]);
  expect(asked.filter((one) => found(decodeURI(one)).length > 0)).toEqual([]);

  const told = await (await fetch(`${portal.sandboxUrl}/_sandbox/requests`)).text();
  expect(found(told), "TrueConf's addresses").toEqual([]);
  const mails = (await (
    await fetch(`${portal.mailboxUrl}/api/messages?to=${encodeURIComponent(EMAIL)}`)
  ).json()) as { id: string; subject: string }[];
  for (const { id, subject } of mails) {
    expect(found(subject), "a subject").toEqual([]);
    const mail = await (await fetch(`${portal.mailboxUrl}/api/messages/${id}`)).text();
    expect(found(mail, [mark.text]), "clinical text in a mail").toEqual([]);
  }
});
