import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";
import fc from "fast-check";
import { anyFreePort } from "@/lib/launcher/ports.mjs";
import { startTestServer } from "@/tests/support/cluster";
import { makeUser } from "@/tests/support/factories";
import { test } from "@/tests/support/fixtures";
import { CLIENT, startIdentityProvider } from "@/tests/support/identity-provider";
import { plainForms, postPlainly } from "@/tests/support/plain-forms";
import { startPortal } from "@/tests/support/portal";
import { withRows } from "./practice";

const REFUSED = "You could not be signed in this way";

async function passProvider(page: Page, account: string): Promise<void> {
  await page.getByRole("button", { name: "Sign in with Clinic Login" }).click();
  await page.getByRole("textbox", { name: "Account" }).fill(account);
  await page.getByRole("button", { name: "Continue" }).click();
}

const seeNoFault = async (page: Page) =>
  expect((await new AxeBuilder({ page }).analyze()).violations.map(({ id }) => id)).toEqual([]);

/** Whatever comes back in the place of a provider's answer is answered below 500, as a page and as its form. */
async function sendNonsense(redirectUri: string): Promise<void> {
  const known = fc.constantFrom("code", "state", "iss", "error", "response", "id_token");
  const query = fc
    .array(fc.tuple(fc.oneof(known, fc.string()), fc.string({ unit: "binary" })), { maxLength: 6 })
    .map((pairs) => new URLSearchParams(pairs).toString());
  await fc.assert(
    fc.asyncProperty(query, async (sent) => {
      expect((await fetch(`${redirectUri}?${sent}`)).status).toBeLessThan(500);
    }),
    { numRuns: 100, seed: 20_261_123 },
  );
  const html = await (await fetch(redirectUri)).text();
  const form = plainForms(html, redirectUri).find(({ id }) => id === "finish-provider");
  if (!form) throw new Error("the page has no form");
  const others = form.fields.filter(([name]) => name !== "answer");
  await fc.assert(
    fc.asyncProperty(query, async (sent) => {
      expect((await postPlainly(form, [...others, ["answer", sent]])).status).toBeLessThan(500);
    }),
    { numRuns: 100, seed: 20_261_123 },
  );
}

test("staff sign in with the clinic's own accounts, and nobody else does", async ({ visitor }) => {
  test.setTimeout(240_000);
  const { server, stop: stopServer } = await startTestServer();
  const port = await anyFreePort();
  const redirectUri = `http://localhost:${port}/sign-in/provider/return`;
  const provider = await startIdentityProvider(redirectUri, {
    ada: { email: "ada@example.org", email_verified: true, groups: ["desk"] },
    stranger: { email: "stranger@example.org", email_verified: true, groups: [] },
  });
  const clinic = await startPortal(server, {
    withWorker: false,
    env: {
      PORT: String(port),
      PORTAL_URL: `http://localhost:${port}`,
      OIDC_ISSUER: provider.issuer,
      OIDC_CLIENT_ID: CLIENT.clientId,
      OIDC_CLIENT_SECRET: CLIENT.clientSecret,
      OIDC_NAME: "Clinic Login",
      OIDC_ROLES_CLAIM: "groups",
      OIDC_ROLES: "desk=scheduler",
    },
  });
  const pages: Page[] = [];
  const open = async (options: { javaScriptEnabled?: boolean } = {}) => {
    const page = await visitor("desktop", { baseURL: clinic.url, ...options });
    pages.push(page);
    return page;
  };
  try {
    await withRows(clinic, (database, now) =>
      makeUser(database, { now, email: "ada@example.org", name: "Ada Example", roles: ["scheduler"] }),
    );
    const page = await open();
    await page.goto("/sign-in?next=/admin/calendar");
    await seeNoFault(page);
    await passProvider(page, "ada");
    await page.waitForURL("/admin/calendar");

    const stranger = await open();
    const answers: string[] = [];
    stranger.on("request", (request) => {
      if (request.isNavigationRequest() && request.url().startsWith(redirectUri)) answers.push(request.url());
    });
    await stranger.goto("/sign-in");
    await stranger.getByRole("button", { name: "Sign in with Clinic Login" }).click();
    await stranger.getByRole("textbox", { name: "Account" }).fill("stranger");
    const kept = await stranger.context().cookies(clinic.url);
    await stranger.getByRole("button", { name: "Continue" }).click();
    await expect(stranger.getByText(REFUSED)).toBeVisible();
    await seeNoFault(stranger);
    await stranger.goto("/admin");
    await expect(stranger).toHaveURL(/\/sign-in\?next=/);

    // What came back to one browser is of no use to another.
    const other = await open();
    await other.goto(answers[0] ?? redirectUri);
    await expect(other.getByText(REFUSED)).toBeVisible();

    // Nor with a copy of what the first browser has kept.
    await other.context().addCookies(kept);
    await other.goto(answers[0] ?? redirectUri);
    await expect(other.getByText(REFUSED)).toBeVisible();

    const plain = await open({ javaScriptEnabled: false });
    await plain.goto("/sign-in");
    await passProvider(plain, "ada");
    await plain.getByRole("button", { name: "Sign in", exact: true }).click();
    await plain.waitForURL("/admin");

    await sendNonsense(redirectUri);

    const reasons = await withRows(clinic, (database) =>
      database.auditEvent.findMany({ where: { action: "session.refused" }, orderBy: { id: "asc" } }),
    );
    expect(reasons.map(({ details }) => details).slice(0, 3)).toEqual([
      { reason: "not_known" },
      { reason: "provider_unasked" },
      { reason: "provider_unasked" },
    ]);
  } finally {
    // What a page still loads when its server goes would be noise.
    for (const open of pages) await open.goto("about:blank");
    await clinic.stop();
    await provider.stop();
    await stopServer();
  }
});
