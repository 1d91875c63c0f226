import { expect, type Page } from "@playwright/test";
import { newId } from "@/lib/core/ids";
import { toDate } from "@/lib/time/instant";
import { test } from "@/tests/support/fixtures";
import { openAccount, openPractice, withRows } from "./practice";
import { bookForNow, linkFromMail, signInByForm } from "./steps";

for (const { mode, javaScriptEnabled } of [
  { mode: "with JavaScript", javaScriptEnabled: true },
  { mode: "without JavaScript", javaScriptEnabled: false },
]) {
  test(`a patient signs in by a link from a mail, in the browser that asked, once: ${mode}`, async ({
    visitor,
    portal,
  }) => {
    const { email } = await openAccount(portal);
    const page = await visitor("phone", { javaScriptEnabled });
    await page.goto("/sign-in");
    await page.getByRole("link", { name: "Sign in by e-mail, without a password" }).click();
    const ask = async (address: string) => {
      await page.goto("/sign-in/link");
      await page.getByLabel("Your e-mail address").fill(address);
      await page.getByRole("button", { name: "Send me a link" }).click();
      await expect(page.getByText("Look into your mailbox")).toBeVisible();
      return page.getByRole("main").innerText();
    };
    expect(await ask("nobody-at-all@example.org")).toBe(await ask(email));
    const link = await linkFromMail(portal.mailboxUrl, email, "sign-in/link");

    const thief = await visitor("desktop");
    await thief.goto(link);
    await expect(thief.getByText("Open the link in the other browser")).toBeVisible();
    await expect(thief.getByText(email)).toHaveCount(0);

    // Programs that look through mail open links, and change nothing by it.
    await page.goto(link);
    await page.goto(link);
    await expect(page.getByText(`You sign in as ${email}.`)).toBeVisible();
    await page.getByRole("main").getByRole("button", { name: "Sign in" }).click();
    await page.waitForURL("/visits");

    await page.goto("/account");
    await page.getByRole("button", { name: /^Sign out: / }).click();
    await page.waitForURL("/sign-in");
    await page.goto(link);
    await expect(page.getByText("This link cannot be used")).toBeVisible();
  });
}

test("a password is changed by who knows it, for one that is not soon guessed", async ({
  visitor,
  portal,
}) => {
  const account = await openAccount(portal);
  const [page, other] = [await visitor("phone"), await visitor("desktop")];
  for (const one of [other, page]) await signInByForm(one, account);
  await page.goto("/account");
  await page.getByRole("link", { name: /^Change \(Password/ }).click();
  const change = async (own: string, next: string) => {
    await page.getByLabel("Your password").fill(own);
    await page.getByLabel("New password").fill(next);
    await page.getByLabel("The same password again").fill(next);
    await page.getByRole("button", { name: "Change password" }).click();
  };
  await change(account.password, "password1234");
  await expect(page.getByText(/one of the first that anybody would try/).first()).toBeVisible();
  await change("not my password", "kettle under blue rain");
  await expect(page.getByText("That is not your password")).toBeVisible();
  await change(account.password, "kettle under blue rain");
  await expect(page.getByText("Your password was changed")).toBeVisible();

  await other.goto("/visits");
  await expect(other).toHaveURL(/\/sign-in/);
  await signInByForm(other, { ...account, password: "kettle under blue rain" });
  await expect(other).toHaveURL(/\/visits$/);
});

test("a patient who has forgotten the password sets another one by a link, without being locked out of the account", async ({
  visitor,
  portal,
}) => {
  const account = await openAccount(portal);
  const page = await visitor("phone");
  await signInByForm(page, account);
  await page.goto("/account/password");
  const main = page.getByRole("main");
  await expect(page.getByLabel("Your password")).toBeVisible();
  await main.getByText("You do not know your password any more?").click();
  await main.getByRole("button", { name: "Send me a link" }).click();
  await expect(page.getByText("Look into your mailbox")).toBeVisible();
  await page.goto(await linkFromMail(portal.mailboxUrl, account.email, "sign-in/link"));
  await main.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL("/account/password");
  await expect(page.getByLabel("Your password")).toHaveCount(0);
  await page.getByLabel("New password").fill("kettle under blue rain");
  await page.getByLabel("The same password again").fill("kettle under blue rain");
  await main.getByRole("button", { name: /password$/ }).click();
  await expect(page.getByText("Your password was changed")).toBeVisible();
});

test("somebody sees where they are signed in, and signs the others out", async ({ visitor, portal }) => {
  const account = await openAccount(portal);
  const [own, lost, forgotten] = [await visitor("phone"), await visitor("desktop"), await visitor("desktop")];
  for (const page of [lost, forgotten, own]) await signInByForm(page, account);
  await own.goto("/account");
  const list = own.getByRole("region", { name: "Where you are signed in" }).getByRole("listitem");
  await expect(list).toHaveCount(3);
  await expect(list.filter({ hasText: "This browser" })).toHaveCount(1);

  const isSignedOut = async (page: Page) => {
    await page.goto("/visits");
    return new URL(page.url()).pathname === "/sign-in";
  };
  await list
    .filter({ hasNotText: "This browser" })
    .first()
    .getByRole("button", { name: /^Sign out/ })
    .click();
  await expect(list).toHaveCount(2);
  const out = [await isSignedOut(lost), await isSignedOut(forgotten)];
  expect(out.filter(Boolean)).toHaveLength(1);

  await own.goto("/account");
  await own.getByRole("button", { name: "Sign out everywhere else" }).click();
  await expect(list).toHaveCount(1);
  expect([await isSignedOut(lost), await isSignedOut(forgotten)]).toEqual([true, true]);
  expect(await isSignedOut(own)).toBe(false);

  // What was typed and not sent goes with whoever typed it, by both ways out.
  const write = (page: Page) => page.evaluate(() => sessionStorage.setItem("conversation:any", "A line"));
  const isWritten = (page: Page) => page.evaluate(() => sessionStorage.getItem("conversation:any") !== null);
  await own.goto("/account");
  await write(own);
  await own.getByRole("button", { name: /^Sign out: / }).click();
  await own.waitForURL("/sign-in");
  expect(await isWritten(own)).toBe(false);

  await signInByForm(lost, account);
  await write(lost);
  await lost.getByRole("banner").getByRole("button", { name: "Sign out" }).click();
  await lost.waitForURL("/");
  expect(await isWritten(lost)).toBe(false);
});

test("a guest makes an account, finds the visit in it, and moves the account to another address", async ({
  visitor,
  portal,
}) => {
  const { practitionerId } = await openPractice(portal);
  const page = await visitor("phone");
  const email = await bookForNow(page, practitionerId);
  const press = (name: string) => page.getByRole("main").getByRole("button", { name, exact: true }).click();

  await page.goto("/sign-in");
  await page.getByRole("link", { name: "Make an account" }).click();
  await page.getByLabel("Your full name").fill(email.split("@")[0] ?? "");
  await page.getByLabel("Your e-mail address").fill(email);
  await press("Send me a link");
  await expect(page.getByText("Look into your mailbox")).toBeVisible();
  await page.goto(await linkFromMail(portal.mailboxUrl, email, "sign-in/link"));
  await expect(page.getByRole("heading", { level: 1, name: "Confirm your address" })).toBeVisible();
  await press("Make my account");
  await page.waitForURL("/visits");
  await expect(page.getByRole("region", { name: "Coming up" }).getByRole("listitem")).toHaveCount(1);

  const next = `new-${email}`;
  await page.goto("/account");
  await page.getByRole("link", { name: "Change (E-mail address)" }).click();
  await page.getByLabel("New e-mail address").fill(next);
  await press("Send me a link");
  await expect(page.getByText("Look into the new mailbox")).toBeVisible();
  const link = await linkFromMail(portal.mailboxUrl, next, "account/email");
  const thief = await visitor("desktop");
  await thief.goto(link);
  await expect(thief.getByText("Open the link where you are signed in")).toBeVisible();
  await page.goto(link);
  await press("Use this address");
  await expect(page.getByText("Your address was changed")).toBeVisible();
  await expect(page.getByText(`Mail about your visits goes to ${next}.`)).toBeVisible();
  await page.goto("/visits");
  await expect(page.getByRole("region", { name: "Coming up" }).getByRole("listitem")).toHaveCount(1);
});

test("whoever asks for a link while the mail server is down reads that it will be late", async ({
  page,
  portal,
}) => {
  const { email } = await openAccount(portal);
  // As the worker leaves a mail that the server did not take; in time's order after every mail that goes out meanwhile.
  const id = await withRows(portal, async (database, now) => {
    const { id: userId } = await database.user.findUniqueOrThrow({ where: { email } });
    const waiting = await database.notification.create({
      data: {
        id: newId(),
        kind: "sign_in_changed",
        userId,
        attempts: 1,
        lastFailure: "unreachable",
        createdAt: toDate(now.add({ hours: 1 })),
      },
    });
    return waiting.id;
  });
  try {
    for (const path of ["/sign-in/link", "/register"]) {
      await page.goto(path);
      const notices = page.getByRole("status").filter({ hasText: "Mail is late at the moment" });
      await expect(notices).toBeVisible();
    }
    await page.goto("/sign-in/link");
    await page.getByLabel("Your e-mail address").fill(email);
    await page.getByRole("button", { name: "Send me a link" }).click();
    await expect(page.getByText("Look into your mailbox")).toBeVisible();
    await expect(page.getByText("It works for ten minutes from its sending")).toBeVisible();
  } finally {
    await withRows(portal, (database) => database.notification.delete({ where: { id } }));
  }
  await page.goto("/sign-in/link");
  await expect(page.getByText("Mail is late at the moment")).toHaveCount(0);
});
