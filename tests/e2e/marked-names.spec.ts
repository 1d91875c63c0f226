import { randomInt } from "node:crypto";
import type { Page } from "@playwright/test";
import { Temporal } from "temporal-polyfill";
import { newId } from "@/lib/core/ids";
import { toDate } from "@/lib/time/instant";
import { SEALED_COLUMNS } from "@/prisma/tools/sealed";
import { PDF } from "@/tests/support/files";
import { expect, test } from "@/tests/support/fixtures";
import { type FieldValue, isAction, plainForms, postPlainly } from "@/tests/support/plain-forms";
import type { PortalAddresses } from "@/tests/support/portal";
import { atNoon, openPractice, stageLine, withRows } from "./practice";
import { accountOf, agree, linkFromMail, nextTime, signIn } from "./steps";
import {
  columnsWith,
  failAt,
  filesOf,
  found,
  hearTopics,
  logsOf,
  mailsTo,
  sealedWith,
  toldToTrueConf,
} from "./traces";

/*
 * What people do from booking to summary, with words that are nowhere else, and then a search for them in everything that was written,
 * sent and asked for meanwhile: columns, jobs, files, topics, logs, addresses, mails and what TrueConf was told.
 */

test.describe.configure({ timeout: 150_000 });

/** What somebody is called and where they are reached; and what they say, which is clinical. */
type Marks = { name: string; address: string; phone: string; text: string };

const newMarks = (): Marks => {
  const unique = () => newId().slice(-8);
  return {
    name: `Namemark${unique()}`,
    address: `addressmark${unique()}`,
    // A number of nobody's, long enough to stand nowhere else.
    phone: `0305${randomInt(10 ** 10, 10 ** 11)}`,
    text: `Textmark${unique()}`,
  };
};
const emailOf = ({ address }: Marks) => `${address}@example.org`;
/** Where they would rather be reached. */
const movedOf = (mark: Marks) => `moved-${emailOf(mark)}`;

/** Where people's names and addresses are: there alone, and written down in docs/privacy.md. */
const PERSONAL = [
  ...["patient.contact_name", "patient.email", "patient.name", "patient.phone"],
  ...["queue_entry.phone", "user.email", "user.name"],
  ...["third_person.email", "third_person.name", "sign_in_request.email", "sign_in_request.name"],
  ...["email_change.email", "email_change.former_email"],
];

/** Sealed tables that nobody's words of these ways come into: an app's secret, and what is left of somebody who was erased. */
const WITHOUT_WORDS = ["totp", "patient", "erasure"];

const WORDS = ["text", "textarea", "search"];
const LEFT_ALONE = /sign-out|sign-in|locale|theme|zone|cancel|move|no-show|delay|end-visit|feed/i;

type Writing = {
  /** Values of fields that nobody can invent, and of buttons, by their names. */
  chosen?: Readonly<Record<string, string>>;
  /** The forms meant, by their ids; all that have something to write in, and end nothing, when left out. */
  only?: RegExp;
  /** The portal fails at it, as nobody expects. */
  fails?: boolean;
};

/**
 * Fills whatever can be written in on a page with marked words, and sends it, as a browser without scripts does.
 *
 * @param asked where the addresses are noted that it asks for, and to which it is led
 * @returns which forms took it
 */
const writerOf =
  (mark: Marks, asked: string[]) =>
  async (page: Page, path: string, { chosen = {}, only, fails = false }: Writing = {}): Promise<string[]> => {
    const url = new URL(path, page.url()).href;
    const cookies = await page.context().cookies();
    const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join("; ");
    const wordsFor = (name: string, type: string): string | undefined => {
      if (chosen[name] !== undefined) return chosen[name];
      if (type === "email") return emailOf(mark);
      if (type === "tel") return mark.phone;
      if (!WORDS.includes(type)) return undefined;
      return /name/i.test(name) ? mark.name : `An invented ${mark.text}`;
    };
    const taken: string[] = [];
    const html = await (await fetch(url, { headers: { cookie } })).text();
    for (const form of plainForms(html, url)) {
      const written = [...form.types].flatMap(([name, type]): FieldValue[] => {
        const value = wordsFor(name, type);
        return value === undefined ? [] : [[name, value]];
      });
      const isMeant = only ? only.test(form.id) : written.length > 0 && !LEFT_ALONE.test(form.id);
      if (!isAction(form) || !isMeant) continue;
      const kept = form.fields.filter(([name]) => !written.some(([own]) => own === name));
      const button = form.buttons
        .flatMap(({ field }) => (field ? [field] : []))
        .find(([name, value]) => (chosen[name] ?? value) === value);
      const answer = await postPlainly(form, [...kept, ...written, ...(button ? [button] : [])], { cookie });
      if (fails) expect(answer.status, form.id).toBe(500);
      else expect(answer.status, form.id).toBeLessThan(500);
      if (answer.ok || answer.status === 303) taken.push(form.id);
      asked.push(url, new URL(answer.headers.get("location") ?? url, url).href);
      // Pages of errors know nobody; others that refuse may greet whoever is signed in, and repeat no words.
      const unsaid = answer.status >= 500 ? Object.values(mark) : [mark.text, mark.phone];
      if (answer.status < 400) await answer.body?.cancel();
      else expect(found(await answer.text(), unsaid), `the answer of ${form.id}`).toEqual([]);
    }
    return taken;
  };

/** Calls one of the doors for machines as a page of ours does. */
const callAs = (page: Page, portal: PortalAddresses, path: string, data: object = {}) =>
  page.context().request.post(`${portal.url}/api/${path}`, { headers: { origin: portal.url }, data });

/** Notes every address that these people ask for. */
function watchAddresses(asked: string[], ...pages: Page[]): void {
  for (const page of pages) page.context().on("request", (one) => asked.push(one.url()));
}

/** The first link of this kind in a mail to whoever has the marked address. */
async function linkTo(portal: PortalAddresses, mark: Marks, opens: string): Promise<string> {
  let link: string | undefined;
  await expect
    .poll(
      async () => {
        const mails = await mailsTo(portal, emailOf(mark));
        const text = mails.map(({ content }) => content).join("\n");
        link = text.match(new RegExp(`https?://[^\\s"]+/${opens}/[\\w-]{43}`))?.[0];
        return link !== undefined;
      },
      { timeout: 30_000, message: `a mail with a link to /${opens}` },
    )
    .toBe(true);
  return link ?? "";
}

const tokenOf = (link: string): string => link.split("/").at(-1) ?? "";

const mailCount = (portal: PortalAddresses, mark: Marks) => async () =>
  (await mailsTo(portal, emailOf(mark))).length;

/**
 * Nothing of the marks is anywhere but where it belongs.
 *
 * @param staff the addresses of all who had to do with it for the clinic
 */
async function expectNoTrace(
  portal: PortalAddresses,
  mark: Marks,
  { tokens, topics, asked, staff }: { tokens: string[]; topics: string[]; asked: string[]; staff: string[] },
): Promise<void> {
  const marks = Object.values(mark);
  expect(await columnsWith(portal, [mark.text]), "clinical text that lies open").toEqual([]);
  expect(await columnsWith(portal, tokens), "a token that lies open").toEqual([]);
  const personal = await columnsWith(portal, [mark.name, mark.address, mark.phone]);
  expect(personal.filter((name) => !PERSONAL.includes(name))).toEqual([]);
  expect(personal).toEqual(expect.arrayContaining(["patient.email", "patient.name", "patient.phone"]));
  expect(found(filesOf(portal), marks), "a file that lies open").toEqual([]);

  expect(topics.length).toBeGreaterThan(3);
  expect(found(topics.join("\n"), marks), "topics").toEqual([]);
  const logs = logsOf(portal);
  expect(logs.length).toBeGreaterThan(500);
  expect(found(logs, [...marks, ...tokens]), "the logs").toEqual([]);
  expect(asked.length).toBeGreaterThan(3);
  expect(asked.filter((one) => found(decodeURI(one), marks).length > 0)).toEqual([]);

  const { shown, rest } = await toldToTrueConf(portal);
  expect(shown.some((name) => name.includes(mark.name))).toBe(true);
  expect(found(shown.join("\n"), [mark.address, mark.phone, mark.text, ...tokens]), "names in calls").toEqual(
    [],
  );
  expect(found(rest, [...marks, ...tokens]), "what TrueConf was told").toEqual([]);

  const mails = [...(await mailsTo(portal, emailOf(mark))), ...(await mailsTo(portal, movedOf(mark)))];
  expect(found(mails.map(({ headers }) => headers).join("\n"), [...marks, ...tokens]), "headers").toEqual([]);
  expect(found(mails.map(({ content }) => content).join("\n"), [mark.text, mark.phone]), "mails").toEqual([]);

  const tellings = async () => (await Promise.all(staff.map((one) => mailsTo(portal, one)))).flat();
  const count = async () => (await tellings()).length;
  await expect.poll(count, { timeout: 30_000, message: "a mail to staff" }).toBeGreaterThan(0);
  const told = await tellings();
  expect(found(told.map(({ headers }) => headers).join("\n"), [...marks, ...tokens]), "staff").toEqual([]);
  const unsaid = [mark.text, mark.phone, mark.address, ...tokens];
  expect(found(told.map(({ content }) => content).join("\n"), unsaid), "mails to staff").toEqual([]);
}

test("of a visit without an account, nobody's name, address or words are where they do not belong", async ({
  visitor,
  portal,
  expectNoise,
}) => {
  expectNoise(/404|409/);
  const mark = newMarks();
  const practice = await openPractice(portal);
  const { topics, stop } = await hearTopics(portal);
  const [patient, practitioner] = [await visitor("desktop"), await visitor("desktop")];
  const asked: string[] = [];
  watchAddresses(asked, patient, practitioner);

  await atNoon(portal, practice);
  await patient.goto(`/practitioners/${practice.practitionerId}`);
  await (await nextTime(patient)).click();
  await patient.getByLabel("Your full name").fill(`Paula ${mark.name}`);
  await patient.getByLabel("E-mail address").fill(emailOf(mark));
  await patient.getByLabel("Phone number").fill(mark.phone);
  await patient.getByLabel("Why are you coming?").fill(`An invented ${mark.text}`);
  await agree(patient);
  await patient.getByRole("button", { name: "Book this visit" }).click();
  await expect(patient.getByText("Your visit is booked").first()).toBeVisible();
  const link = await linkFromMail(portal.mailboxUrl, emailOf(mark));
  const token = link.split("/").at(-1) ?? "";

  await signIn(practitioner, practice.account);
  await practitioner.goto("/agenda");
  await practitioner
    .getByRole("link", { name: new RegExp(mark.name) })
    .first()
    .click();
  await practitioner.waitForURL(/\/agenda\/[0-9a-f-]{36}/);
  const path = new URL(practitioner.url()).pathname;
  const visit = `visits/${path.split("/")[2]}`;

  const write = writerOf(mark, asked);
  const taken = await write(practitioner, path);
  expect((await callAs(practitioner, portal, `${visit}/start`)).status()).toBe(200);
  expect((await callAs(patient, portal, `${visit}/join`, { token })).status()).toBe(200);
  taken.push(...(await write(practitioner, path)), ...(await write(patient, link)));
  expect(new Set(taken).size).toBeGreaterThan(3);
  expect((await callAs(practitioner, portal, `${visit}/end`)).status()).toBe(200);
  await write(practitioner, path);
  // Whoever has lost the link; and a database that fails at what the patient says, and quotes all of it.
  expect(await write(patient, "/lost-link", { only: /^lost-link$/ })).toHaveLength(1);
  const mend = await failAt(portal, "visit_feedback", Object.values(mark).join(" "));
  const feedback = { only: /^feedback$/, chosen: { quality: "3" } };
  expect(await write(patient, link, { ...feedback, fails: true })).toEqual([]);
  await mend();
  expect(await write(patient, link, feedback)).toEqual(["feedback"]);
  // Whatever of it is mailed has been by then.
  await expect.poll(mailCount(portal, mark)).toBeGreaterThan(2);
  await stop();
  await expectNoTrace(portal, mark, { tokens: [token], topics, asked, staff: [practice.account.email] });
});

/** Something to answer before a visit of this type. */
const askOneQuestion = (portal: PortalAddresses, visitTypeId: string) =>
  withRows(portal, (database, now) =>
    database.intakeQuestion.create({
      data: {
        id: newId(),
        visitTypeId,
        position: 0,
        kind: "text",
        labels: { en: "Since when?", ru: "С какого времени?" },
        createdAt: toDate(now),
      },
    }),
  );

test("nor of an account: its chat, its place in a line, third persons, a handover, and what staff look for", async ({
  visitor,
  portal,
}) => {
  const mark = newMarks();
  const line = await stageLine(portal, { waiting: false });
  const colleague = await openPractice(portal);
  for (const { visitTypeId } of [line, colleague]) await askOneQuestion(portal, visitTypeId);
  const { topics, stop } = await hearTopics(portal);
  const plain = { javaScriptEnabled: false };
  const [patient, practitioner] = [await visitor("phone", plain), await visitor("desktop", plain)];
  const [staff, second] = [await visitor("desktop", plain), await visitor("desktop")];
  const asked: string[] = [];
  watchAddresses(asked, patient, practitioner, staff, second);
  const write = writerOf(mark, asked);
  await signIn(practitioner, line.account);
  await signIn(staff, accountOf("administrator"));
  await signIn(second, colleague.account);

  // An account, which a mailbox proves, and another address for it.
  await patient.goto("/register");
  await patient.getByLabel("Your full name").fill(`Paula ${mark.name}`);
  await patient.getByLabel("Your e-mail address").fill(emailOf(mark));
  await patient.getByRole("button", { name: "Send me a link" }).click();
  const proof = await linkTo(portal, mark, "sign-in/link");
  await patient.goto(proof);
  await patient.getByRole("button", { name: "Make my account" }).click();
  await patient.waitForURL("/visits");
  expect(await write(patient, "/account/profile", { only: /^profile-/ })).toHaveLength(1);
  const moved = { email: movedOf(mark) };
  expect(await write(patient, "/account/email", { only: /^request-email-change$/, chosen: moved })).toEqual([
    "request-email-change",
  ]);

  // A visit, into whose time staff put another one; and which they cancel.
  const tomorrow = Temporal.Now.plainDateISO("Europe/Berlin").add({ days: 1 });
  await patient.goto(`/practitioners/${colleague.practitionerId}?day=${tomorrow}`);
  await patient
    .getByRole("button", { name: /^\d\d:\d\d, / })
    .last()
    .click();
  await patient.getByLabel("Why are you coming?").fill(`An invented ${mark.text}`);
  await patient.getByLabel("Since when?").fill(`An invented ${mark.text}`);
  await agree(patient);
  await patient.getByRole("button", { name: "Book this visit" }).click();
  await patient.waitForURL(/\/visit\/[0-9a-f-]{36}/);
  const booked = new URL(patient.url()).pathname.split("/")[2] ?? "";
  const { startAt } = await withRows(portal, (database) =>
    database.appointment.findUniqueOrThrow({ where: { id: booked } }),
  );
  const where = new URLSearchParams({
    practitioner: colleague.practitionerId,
    type: colleague.visitTypeId,
    start: startAt.toISOString(),
  });
  for (const intent of ["find", "book"])
    await write(staff, `/admin/book?${where}`, {
      only: /^staff-book$/,
      chosen: { intent, who: intent === "find" ? "known" : "new", search: mark.name },
    });
  await write(staff, "/admin/users", { only: /^find-account/ });
  await write(staff, "/admin/audit", { only: /^find-person/ });
  await write(staff, `/admin/calendar/${booked}/cancel`, { only: /^staff-cancel$/ });

  // What the two write to each other, with a file.
  await patient.goto("/messages");
  await patient
    .getByRole("button", { name: /^Write a message to / })
    .first()
    .click();
  await patient.waitForURL(/\/messages\/[0-9a-f-]{36}/);
  const conversation = new URL(patient.url()).pathname.split("/")[2] ?? "";
  const uploaded = await patient
    .context()
    .request.post(`${portal.url}/api/conversations/${conversation}/files?as=patient`, {
      headers: { origin: portal.url },
      multipart: {
        file: {
          name: `${mark.text}.pdf`,
          mimeType: "application/pdf",
          buffer: Buffer.concat([PDF, Buffer.from(mark.text)]),
        },
      },
    });
  expect(uploaded.status()).toBe(200);
  await write(patient, `/messages/${conversation}`, { only: /^send-message$/ });
  await write(second, `/inbox/${conversation}`, { only: /^send-message$/ });
  const search = { as: "practitioner", query: mark.text };
  const answer = await callAs(second, portal, `conversations/${conversation}/search`, search);
  expect(await answer.json()).toMatchObject({ found: [{}, {}] });

  // A place in the line, before others for a reason, and the visit that comes of it.
  await patient.goto(`/now?specialty=${line.specialtyCode}`);
  await patient.getByLabel("Why are you coming?").fill(`An invented ${mark.text}`);
  await patient.getByLabel("Since when?").fill(`An invented ${mark.text}`);
  await agree(patient);
  await patient.getByRole("button", { name: "Join the line" }).click();
  await patient.waitForURL(/\/q\//);
  const place = tokenOf(patient.url());
  await write(staff, "/admin/queue", { only: /^priority-/ });
  await expect.poll(() => write(practitioner, "/agenda", { only: /^take-/ })).toHaveLength(1);
  const row = await withRows(portal, (database) =>
    database.queueEntry.findFirstOrThrow({
      where: { visitTypeId: line.visitTypeId, appointmentId: { not: null } },
    }),
  );
  const [path, visit] = [`/agenda/${row.appointmentId}`, `visits/${row.appointmentId}`];
  expect((await callAs(patient, portal, `${visit}/arrive`)).status()).toBe(200);
  expect(await write(practitioner, path, { only: /^waiting-text$/ })).toHaveLength(1);
  expect((await callAs(practitioner, portal, `${visit}/start`)).status()).toBe(200);
  expect((await callAs(patient, portal, `${visit}/join`)).status()).toBe(200);

  // Somebody else in it, and a colleague who takes it over, ends it and signs for it.
  await write(practitioner, path, { chosen: { practitionerId: colleague.practitionerId } });
  const door = await linkTo(portal, mark, "t");
  expect((await callAs(patient, portal, "third/arrive", { token: tokenOf(door) })).status()).toBe(200);
  expect(await write(practitioner, path, { only: /^admit-/ })).toHaveLength(1);
  expect((await callAs(patient, portal, "third/join", { token: tokenOf(door) })).status()).toBe(200);
  expect(await write(second, "/agenda", { only: /^accept-/ })).toHaveLength(1);
  await write(second, path);
  expect((await callAs(second, portal, `${visit}/end`)).status()).toBe(200);
  await second.goto(path);
  await second.getByLabel("Summary", { exact: true }).fill(`An invented ${mark.text}`);
  await second.getByRole("button", { name: "Sign and send" }).click();
  await second.getByRole("button", { name: "Sign", exact: true }).click();
  await expect(second.getByText(/^Signed by/)).toBeVisible();
  await write(patient, `/visit/${row.appointmentId}`, { only: /^feedback$/, chosen: { quality: "3" } });
  await patient.context().request.get(`${portal.url}/visit/${row.appointmentId}/summary.pdf`);

  // Somebody who has never seen them, in an emergency; and a copy of everything.
  const stranger = await visitor("desktop", plain);
  watchAddresses(asked, stranger);
  const away = await openPractice(portal);
  await signIn(stranger, away.account);
  const emergency = { name: mark.name, contact: emailOf(mark), reason: "danger" };
  const opened = await write(stranger, "/emergency", { only: /^open-record$/, chosen: emergency });
  expect(opened).toEqual(["open-record"]);
  expect(await write(patient, "/account/data", { only: /^request-export$/ })).toEqual(["request-export"]);
  const copy = await linkTo(portal, mark, "account/data");
  await stop();

  const reached = SEALED_COLUMNS.filter(({ table }) => !WITHOUT_WORDS.includes(table)).map(
    ({ table, sealed }) => `${table}.${sealed}`,
  );
  expect(await sealedWith(portal, mark.text)).toEqual(reached.toSorted());
  expect(filesOf(portal)).toContain("/files/");
  await expectNoTrace(portal, mark, {
    tokens: [tokenOf(proof), place, tokenOf(door), tokenOf(copy)],
    topics,
    asked,
    staff: [line.account, colleague.account, away.account, accountOf("administrator")].map(
      ({ email }) => email,
    ),
  });
});
