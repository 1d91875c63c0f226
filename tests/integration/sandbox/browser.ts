import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { type Browser, type BrowserContextOptions, chromium, type Frame, type Page } from "@playwright/test";
import { onTestFinished } from "vitest";
import { executablePath } from "@/tests/support/chromium";
import type { TestSandbox } from "./harness";

const ARGUMENTS = [
  "--no-sandbox",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  // Nobody is asked for leave, and the whole screen is what is shared.
  "--use-fake-ui-for-media-stream",
  "--auto-select-desktop-capture-source=Entire screen",
];

/** A real browser. Its make-believe devices are a green picture and a beep every second; it may have none. */
export const launchBrowser = ({ devices = true } = {}): Promise<Browser> =>
  chromium.launch({
    ...(executablePath ? { executablePath } : {}),
    args: [...ARGUMENTS, ...(devices ? ["--use-fake-device-for-media-stream"] : [])],
  });

export const PHONE = { width: 360, height: 640 };
export const PATIENCE = { timeout: 15_000, interval: 100 };

/** A page of its own, as another person's, which keeps what its console complains of. */
export async function openPage(browser: Browser, url: string, options: BrowserContextOptions = {}) {
  const context = await browser.newContext({ viewport: { width: 960, height: 600 }, ...options });
  onTestFinished(() => context.close());
  const page = await context.newPage();
  const errors: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") errors.push(message.text());
  });
  page.on("pageerror", (error) => errors.push(error.message));
  await page.goto(url);
  return Object.assign(page, { errors });
}

/** The address of a freshly minted way in. */
export async function addressOf(
  sandbox: TestSandbox,
  id: string,
  user: string,
  lang = "en",
): Promise<string> {
  const { login, token } = await sandbox.mint(id, user);
  return `${sandbox.url}/webrtc/${id}#login=${encodeURIComponent(login)}&token=${token}&lang=${lang}`;
}

type CallState = "setup" | "joining" | "in-call" | "left" | "failed" | "closed";
export const stateOf = (page: Page | Frame, state: CallState): Promise<unknown> =>
  page.waitForSelector(`html[data-state="${state}"]`, { timeout: PATIENCE.timeout });

type CallHandle = { peers(): RTCPeerConnection[]; localStream: MediaStream };
declare global {
  interface Window {
    __call: CallHandle;
  }
}

/** What has arrived from each of the others. */
export const received = (page: Page | Frame) =>
  page.evaluate(() =>
    Promise.all(
      window.__call.peers().map(async (connection) => {
        const result = { framesDecoded: 0, audioBytes: 0, frameWidth: 0 };
        for (const report of (await connection.getStats()).values()) {
          if (report.type !== "inbound-rtp") continue;
          if (report.kind === "video") {
            result.framesDecoded += report.framesDecoded ?? 0;
            result.frameWidth = Math.max(result.frameWidth, report.frameWidth ?? 0);
          } else result.audioBytes += report.bytesReceived ?? 0;
        }
        return result;
      }),
    ),
  );

/** Serves a page on `localhost` that frames an address and keeps what it is told: the portal, seen from the call page. */
export async function openPortal() {
  const server = createServer((_, response) => {
    response.setHeader("Content-Type", "text/html; charset=utf-8");
    response.end(`<!doctype html><title>Portal</title><link rel="icon" href="data:,"><script>
      window.heard = [];
      addEventListener("message", ({ data, origin }) => heard.push({ data, origin }));
      window.frame = (src) => {
        const frame = document.createElement("iframe");
        frame.allow = "microphone; camera; autoplay; display-capture";
        frame.src = src;
        document.body.replaceChildren(frame);
      };
    </script><body>`);
  });
  await new Promise<void>((resolve) => server.listen(0, "localhost", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://localhost:${(server.address() as AddressInfo).port}`;
}

declare global {
  interface Window {
    heard: { data: unknown; origin: string }[];
    frame(src: string): void;
  }
}

/** Frames an address in an opened portal page. */
export async function frameCall(page: Page, src: string): Promise<Frame> {
  await page.evaluate((address) => window.frame(address), src);
  const element = await page.waitForSelector("iframe");
  const frame = await element.contentFrame();
  if (!frame) throw new Error("There is no frame");
  return frame;
}

export const heardBy = (page: Page) => page.evaluate(() => window.heard);
