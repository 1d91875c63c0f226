import {
  type BrowserContext,
  type BrowserContextOptions,
  test as base,
  type ConsoleMessage,
  expect,
  type Page,
} from "@playwright/test";
import { runningPortal } from "./browser-setup";
import type { PortalAddresses } from "./portal";

/** The narrowest phone that everything for patients must fit. */
const PHONE = {
  viewport: { width: 360, height: 740 },
  hasTouch: true,
  isMobile: true,
} satisfies BrowserContextOptions;
const DESKTOP = { viewport: { width: 1280, height: 800 } } satisfies BrowserContextOptions;

type Fixtures = {
  portal: PortalAddresses;
  /** Another person with a browser of their own. */
  visitor: (device: "phone" | "desktop", options?: BrowserContextOptions) => Promise<Page>;
  /**
   * Names a line that this test expects on the console: the browser's own about an answer of 4xx or 5xx, or none. Everything else that is an
   * error there fails the test.
   */
  expectNoise: (line: RegExp) => void;
  noise: { expected: RegExp[]; watch: (context: BrowserContext) => void };
};

/** The browser's line about an answer, with the address, which its text leaves out. */
const describeLine = (message: ConsoleMessage) => `${message.text()} (${message.location().url})`;
const isNetworkLine = (message: ConsoleMessage) =>
  /^(Failed to load resource|WebSocket connection to)/.test(message.text());

/** Playwright's test with the portal of this run, further people, and a console that must stay silent. */
export const test = base.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of fixtures from this pattern.
  portal: async ({}, use) => use(runningPortal()),

  noise: [
    async ({ browser }, use) => {
      const expected: RegExp[] = [];
      const unexpected: string[] = [];
      const watched = new Set<BrowserContext>();
      const watch = (context: BrowserContext) => {
        if (watched.has(context)) return;
        watched.add(context);
        context.on("console", (message) => {
          if (message.type() !== "error") return;
          const line = describeLine(message);
          if (isNetworkLine(message) && expected.some((pattern) => pattern.test(line))) return;
          unexpected.push(line);
        });
        context.on("weberror", (error) => unexpected.push(String(error.error())));
      };
      // Contexts that a test makes by itself are listened to as well.
      const newContext = browser.newContext.bind(browser);
      browser.newContext = async (options) => {
        const context = await newContext(options);
        watch(context);
        return context;
      };
      await use({ expected, watch });
      browser.newContext = newContext;
      expect(unexpected, "the console must stay silent").toEqual([]);
    },
    { auto: true },
  ],

  context: async ({ context, noise }, use) => {
    noise.watch(context);
    await use(context);
  },

  expectNoise: async ({ noise }, use) => use((line) => void noise.expected.push(line)),

  visitor: async ({ browser, noise, portal }, use) => {
    const contexts: BrowserContext[] = [];
    await use(async (device, options) => {
      const size = device === "phone" ? PHONE : DESKTOP;
      const zone = { locale: "en-GB", timezoneId: "Europe/Berlin" };
      const context = await browser.newContext({ baseURL: portal.url, ...size, ...zone, ...options });
      noise.watch(context);
      contexts.push(context);
      return context.newPage();
    });
    for (const context of contexts) await context.close();
  },
});

export { expect };
