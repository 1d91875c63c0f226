import { expect, type Page } from "@playwright/test";
import { Temporal } from "temporal-polyfill";
import { totpCode } from "@/lib/security/totp";
import { startTestServer } from "@/tests/support/cluster";
import { test } from "@/tests/support/fixtures";
import { startPortal } from "@/tests/support/portal";
import { stageLink } from "./pages";
import { openAccount, openPractice } from "./practice";
import { type Account, signInByForm } from "./steps";

const STEP_SECONDS = 30;

/** What an authenticator app does: it knows the secret and the time. */
class App {
  private last = 0;
  private constructor(private readonly secret: string) {}

  /** Reads the key off the page, as somebody does whose camera is of no help. */
  static async read(page: Page): Promise<App> {
    return new App((await page.locator("code").innerText()).replace(/\s/g, ""));
  }

  /**
   * A code that has not been shown before: the portal takes each once. It may be the one of the half minute to come, as on a phone
   * whose clock is a little fast; for one later than that, time has to pass.
   */
  async code(): Promise<string> {
    const step = () => Math.floor(Temporal.Now.instant().epochMilliseconds / 1000 / STEP_SECONDS);
    const wanted = Math.max(step(), this.last + 1);
    await expect.poll(step, { timeout: 60_000 }).toBeGreaterThanOrEqual(wanted - 1);
    this.last = wanted;
    return totpCode(this.secret, Temporal.Instant.fromEpochMilliseconds(wanted * STEP_SECONDS * 1000));
  }
}

const WRONG = "000000";

async function fillPassword(page: Page, { email, password }: Account): Promise<void> {
  await page.goto("/sign-in");
  await page.getByLabel("E-mail address").fill(email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.waitForURL("/sign-in/code");
}

async function enterCode(page: Page, code: string): Promise<void> {
  await page.getByLabel("Code", { exact: true }).fill(code);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
}

/** From the page of the second step to its end. @returns the app and the recovery codes */
async function setUp(page: Page, password: string): Promise<{ app: App; codes: string[] }> {
  await page.getByLabel("Your password").fill(password);
  await page.getByRole("button", { name: "Begin" }).click();
  await expect(page.getByRole("img", { name: "QR code for your authenticator app" })).toBeVisible();
  const app = await App.read(page);
  await page.getByLabel("Code", { exact: true }).fill(await app.code());
  await page.getByRole("button", { name: "Turn on" }).click();
  return { app, codes: await keepCodes(page) };
}

/** Copies the recovery codes off the page, which then shows them no more. */
async function keepCodes(page: Page): Promise<string[]> {
  const codes = page.getByRole("region", { name: "Your recovery codes" }).getByRole("listitem");
  await expect(codes).toHaveCount(10);
  const kept = await codes.allInnerTexts();
  await page.getByRole("button", { name: "I have kept them" }).click();
  await page.waitForURL("/account");
  return kept;
}

test.describe("a code at sign-in", () => {
  test.setTimeout(180_000);

  test("is set up with an app, asked for from then on, and replaced by a recovery code once", async ({
    visitor,
    portal,
  }) => {
    const { account } = await openPractice(portal);
    const page = await visitor("desktop");
    await signInByForm(page, account);
    await page.getByRole("link", { name: "Account", exact: true }).click();
    await page.getByRole("link", { name: /^Set up/ }).click();

    await page.getByLabel("Your password").fill("not my password");
    await page.getByRole("button", { name: "Begin" }).click();
    await expect(page.getByText("That is not your password")).toBeVisible();
    await page.getByLabel("Your password").fill(account.password);
    await page.getByRole("button", { name: "Begin" }).click();
    await page.getByLabel("Code", { exact: true }).fill(WRONG);
    await page.getByRole("button", { name: "Turn on" }).click();
    await expect(page.getByText("That code did not fit")).toBeVisible();

    const app = await App.read(page);
    await page.getByLabel("Code", { exact: true }).fill(await app.code());
    await page.getByRole("button", { name: "Turn on" }).click();
    const codes = await keepCodes(page);
    await expect(page.getByText("10 recovery codes are left.")).toBeVisible();

    const phone = await visitor("phone");
    await fillPassword(phone, account);
    await phone.goto("/agenda");
    await expect(phone).toHaveURL(/\/sign-in\?next=/);
    await fillPassword(phone, account);
    await enterCode(phone, WRONG);
    await expect(phone.getByText("That code did not fit")).toBeVisible();
    await enterCode(phone, await app.code());
    await phone.waitForURL("/agenda");

    const [code = ""] = codes;
    const other = await visitor("desktop");
    await fillPassword(other, account);
    await enterCode(other, code.toUpperCase());
    await other.waitForURL("/agenda");
    const last = await visitor("desktop");
    await fillPassword(last, account);
    await enterCode(last, code);
    await expect(last.getByText("That code did not fit")).toBeVisible();
  });

  test("has no way around it by next-auth's own door", async ({ visitor, portal }) => {
    const { account } = await openPractice(portal);
    const page = await visitor("desktop");
    const ask = page.context().request;
    const signInThere = async () => {
      const { csrfToken } = await (await ask.get(`${portal.url}/api/auth/csrf`)).json();
      await ask.post(`${portal.url}/api/auth/callback/credentials`, {
        headers: { origin: portal.url },
        form: { csrfToken, ...account },
      });
      return (await (await ask.get(`${portal.url}/api/auth/session`)).json()) as { sid?: string };
    };
    expect((await signInThere()).sid).toBeDefined();
    await page.goto("/account/second-step");
    await setUp(page, account.password);
    await page.context().clearCookies();
    expect((await signInThere()).sid).toBeUndefined();
  });

  test("works without scripts, from setting it up to turning it off", async ({ visitor, portal }) => {
    const account = await openAccount(portal);
    const page = await visitor("phone", { javaScriptEnabled: false });
    await signInByForm(page, account);
    await page.goto("/account/second-step");
    const { app, codes } = await setUp(page, account.password);

    await page.context().clearCookies();
    await fillPassword(page, account);
    await enterCode(page, WRONG);
    await expect(page.getByText("That code did not fit")).toBeVisible();
    await enterCode(page, await app.code());
    await page.waitForURL("/visits");

    await page.goto("/account/second-step");
    await page.getByLabel("Turn the code off").check();
    await page.getByLabel("Your password").fill(account.password);
    await page.getByLabel("Code from the app, or a recovery code").fill(codes[1] ?? "");
    await page.getByRole("button", { name: "Go on" }).click();
    await expect(page.getByRole("button", { name: "Begin" })).toBeVisible();
    await page.context().clearCookies();
    await signInByForm(page, account);
    await expect(page).toHaveURL(/\/visits$/);
  });

  test("is what an administrator of a real clinic begins with", async ({ visitor }) => {
    const { server, stop: stopServer } = await startTestServer();
    const clinic = await startPortal(server, {
      withWorker: false,
      env: {
        PORTAL_MODE: "production",
        AUTH_SECRET: "a-secret-of-these-tests-and-of-nobody-else",
        DATA_KEYS: `test:${Buffer.alloc(32, 7).toString("base64")}`,
        TRUECONF_CLIENT_SECRET: "test-client-secret",
      },
    });
    try {
      const password = "twelve characters";
      const page = await visitor("desktop", { baseURL: clinic.url });
      await page.goto(`/setup/${await stageLink(clinic, "setup")}`);
      await page.getByLabel("Your name").fill("Alex Muster");
      await page.getByLabel("E-mail address").fill("first@example.org");
      await page.getByLabel("New password").fill(password);
      await page.getByLabel("The same password again").fill(password);
      await page.getByRole("button", { name: "Make the account and sign in" }).click();
      await expect(page.getByText("Set up a code to go on")).toBeVisible();
      await page.goto("/admin/practitioners");
      await expect(page).toHaveURL("/account/second-step");

      const { app } = await setUp(page, password);
      await page.goto("/admin/practitioners");
      await expect(page).toHaveURL("/admin/practitioners");

      await page.goto("/account/second-step");
      await expect(page.getByLabel("Use another app or phone")).toBeVisible();
      await expect(page.getByLabel("Turn the code off")).toHaveCount(0);

      const phone = await visitor("phone", { baseURL: clinic.url });
      await fillPassword(phone, { email: "first@example.org", password });
      await enterCode(phone, await app.code());
      await phone.waitForURL("/admin");
      // What a page still loads when its server goes would be noise.
      for (const open of [page, phone]) await open.goto("about:blank");
    } finally {
      await clinic.stop();
      await stopServer();
    }
  });
});
