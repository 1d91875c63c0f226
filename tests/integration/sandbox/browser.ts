import { existsSync } from "node:fs";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "@playwright/test";
import { onTestFinished } from "vitest";

const DEBIAN_CHROMIUM = "/usr/bin/chromium";
const executablePath =
  process.env.CHROMIUM_PATH ?? (existsSync(DEBIAN_CHROMIUM) ? DEBIAN_CHROMIUM : undefined);

const COMMON = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
/** A green picture with a beep every second, and nobody asks for leave. */
const FAKE_DEVICES = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"];

/** A real browser for one test, with make-believe devices unless it shall have none. */
export async function openBrowser({ devices = true } = {}): Promise<Browser> {
  const browser = await chromium.launch({
    ...(executablePath ? { executablePath } : {}),
    args: [...COMMON, ...(devices ? FAKE_DEVICES : ["--use-fake-ui-for-media-stream"])],
  });
  onTestFinished(() => browser.close());
  return browser;
}

export type CallPage = Page & { errors: string[] };

/** A page of its own, as another person's, which keeps what its console complains of. */
export async function openCall(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
): Promise<CallPage> {
  const context = await browser.newContext({ viewport: { width: 960, height: 600 }, ...options });
  const page = await context.newPage();
  const errors: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") errors.push(message.text());
  });
  page.on("pageerror", (error) => errors.push(error.message));
  await page.goto(url);
  return Object.assign(page, { errors });
}

export const stateOf = (page: Page, state: string): Promise<unknown> =>
  page.waitForSelector(`html[data-state="${state}"]`, { timeout: 15_000 });

type Received = { framesDecoded: number; audioBytes: number };
type CallHandle = { peers(): RTCPeerConnection[] };

/** What has arrived from the others, by connection. */
export const received = (page: Page): Promise<Received[]> =>
  page.evaluate(async () => {
    const { peers } = (window as unknown as { __call: CallHandle }).__call;
    return Promise.all(
      peers().map(async (connection) => {
        const result = { framesDecoded: 0, audioBytes: 0 };
        for (const report of (await connection.getStats()).values()) {
          if (report.type !== "inbound-rtp") continue;
          if (report.kind === "video") result.framesDecoded += report.framesDecoded ?? 0;
          else result.audioBytes += report.bytesReceived ?? 0;
        }
        return result;
      }),
    );
  });
