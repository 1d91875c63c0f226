import { randomUUID } from "node:crypto";
import { type BrowserContext, expect, type Locator, type Page, request } from "@playwright/test";
import { Temporal } from "temporal-polyfill";
import accounts from "@/prisma/seed/accounts.json" with { type: "json" };
import { plainForms } from "@/tests/support/plain-forms";

export type Account = { email: string; password: string };

/** The demonstration's account of one role. */
export function accountOf(role: string): Account {
  const account = accounts.find((candidate) => candidate.role === role);
  if (!account) throw new Error(`the demonstration has no ${role}`);
  return account;
}

/**
 * Brings somebody in who is to be there already, without showing the form: it is sent as a browser without scripts sends it. The page then
 * stands where signing in leads.
 */
export async function signIn(page: Page, account: Account): Promise<void> {
  await page.goto(await letIn(page.context(), account));
}

/** The same without a page. @returns where signing in leads */
export async function letIn(
  { request }: Pick<BrowserContext, "request">,
  { email, password }: Account,
): Promise<string> {
  const shown = await request.get("/sign-in");
  const form = plainForms(await shown.text(), shown.url()).find(
    ({ types }) => types.has("email") && types.has("password"),
  );
  if (!form) throw new Error(`${shown.url()} has no form to sign in`);
  const answer = await request.post(form.action, {
    headers: { origin: new URL(form.action).origin },
    multipart: { ...Object.fromEntries(form.fields), email, password },
    maxRedirects: 0,
  });
  expect(answer.status(), `${email} is let in`).toBe(303);
  return answer.headers().location ?? "/";
}

/** The same without a browser. @returns the header with their cookies */
export async function cookieOf({ url }: { url: string }, account: Account): Promise<string> {
  const asker = await request.newContext({ baseURL: url });
  await letIn({ request: asker }, account);
  const { cookies } = await asker.storageState();
  await asker.dispose();
  return cookies.map(({ name, value }) => `${name}=${value}`).join("; ");
}

/** Signs in by the form, as everybody does. */
export async function signInByForm(page: Page, { email, password }: Account): Promise<void> {
  await page.goto("/sign-in");
  await page.getByLabel("E-mail address").fill(email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.waitForURL((url) => url.pathname !== "/sign-in");
}

/**
 * Holds back what a page asks for.
 *
 * @param matches which of it
 * @returns what lets it through
 */
export async function holdBack(page: Page, matches: Parameters<Page["route"]>[0]): Promise<() => void> {
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route(matches, async (route) => {
    await released;
    await route.continue();
  });
  return release;
}

/** Ticks whatever has to be agreed to before a booking. */
export async function agree(page: Page): Promise<void> {
  for (const box of await page.getByRole("checkbox", { name: /^I agree/ }).all()) await box.check();
}

/** The days of the month that is shown on which somebody has free times. */
export const freeDays = (page: Page): Locator => page.getByRole("link", { name: /: \d+ free times?$/ });

/** The same, at least so many of them: where this month has no more than its last days left, those of the next one. */
export async function showFreeDays(page: Page, count: number): Promise<Locator> {
  const days = freeDays(page);
  await expect(days.first()).toBeVisible();
  if ((await days.count()) < count) {
    const month = page.locator("#month");
    const title = await month.innerText();
    await page.getByRole("link", { name: "Next month" }).click();
    await expect(month).not.toHaveText(title);
  }
  return days;
}

/** Less than this before it begins, a time may be over when its page is there. */
const SOON_MS = 60_000;

/** The first free time of a page that is still to come when it is chosen. */
export async function nextTime(page: Page): Promise<Locator> {
  const times = page.getByRole("button", { name: /^\d\d:\d\d, / });
  const startAt = Temporal.Instant.from((await times.first().getAttribute("value")) ?? "");
  if (startAt.epochMilliseconds - Date.now() >= SOON_MS) return times.first();
  if ((await times.count()) > 1) return times.nth(1);
  // The last one of its day: the next one is tomorrow's.
  const zone = await page.evaluate(() => new Intl.DateTimeFormat().resolvedOptions().timeZone);
  const url = new URL(page.url());
  url.searchParams.set("day", startAt.toZonedDateTimeISO(zone).toPlainDate().add({ days: 1 }).toString());
  await page.goto(url.href);
  return times.first();
}

/**
 * Books a practitioner's next free time; the page is then the visit's.
 *
 * @returns the guest's e-mail address, which begins with the name the practitioner sees
 */
export async function bookForNow(
  page: Page,
  practitionerId: string,
  { signedIn = false } = {},
): Promise<string> {
  const name = `guest-${randomUUID().slice(0, 8)}`;
  const email = `${name}@example.org`;
  await page.goto(`/practitioners/${practitionerId}`);
  await (await nextTime(page)).click();
  await expect(page.getByRole("heading", { level: 1, name: "Check and book" })).toBeVisible();
  if (!signedIn) {
    await page.getByLabel("Your full name").fill(name);
    await page.getByLabel("E-mail address").fill(email);
  }
  await page.getByLabel("Why are you coming?").fill("An invented reason");
  await agree(page);
  await page.getByRole("button", { name: "Book this visit" }).click();
  await expect(page.getByText("Your visit is booked").first()).toBeVisible();
  return email;
}

type Mail = { id: string; text: string };

/** The personal link in the mail that went out over SMTP, once it has arrived: a visit's, or another of the portal's. */
export async function linkFromMail(
  mailboxUrl: string,
  email: string,
  opens: "v" | "w" | "invitation" | "new-password" | "sign-in/link" | "account/email" | "account/data" = "v",
): Promise<string> {
  let link: string | undefined;
  await expect
    .poll(
      async () => {
        const answer = await fetch(`${mailboxUrl}/api/messages?to=${encodeURIComponent(email)}`);
        const list = (await answer.json()) as { messages?: { id: string }[] } | { id: string }[];
        const [first] = Array.isArray(list) ? list : (list.messages ?? []);
        if (!first) return false;
        const mail = (await (await fetch(`${mailboxUrl}/api/messages/${first.id}`)).json()) as Mail;
        link = mail.text.match(new RegExp(`https?://\\S+/${opens}/[\\w-]{43}`))?.[0];
        return link !== undefined;
      },
      { timeout: 30_000, message: `a mail to ${email}` },
    )
    .toBe(true);
  return link ?? "";
}
