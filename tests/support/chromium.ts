import { existsSync } from "node:fs";

const DEBIANS = ["/usr/bin/chromium-headless-shell", "/usr/bin/chromium"];

/** The browser that `npm test` has found or installed; else Debian's; else Playwright's own, by no path. */
export const executablePath = process.env.CHROMIUM_PATH ?? DEBIANS.find((path) => existsSync(path));

/**
 * How to launch Chromium in tests: devices that are make-believe (a green picture, a beep every second), nobody to ask for leave, and
 * nothing that reaches for the network by itself.
 */
export const CHROMIUM = {
  ...(executablePath ? { executablePath } : {}),
  args: [
    "--no-sandbox",
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ],
};
