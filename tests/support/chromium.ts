import { existsSync } from "node:fs";

const DEBIAN_CHROMIUM = "/usr/bin/chromium";

/** The browser that `npm test` has found or installed; else Debian's; else Playwright's own. */
const executablePath =
  process.env.CHROMIUM_PATH ?? (existsSync(DEBIAN_CHROMIUM) ? DEBIAN_CHROMIUM : undefined);

/** What Playwright turns off; of two switches with lists only the last counts. */
const OFF_ANYWAY = [
  ...["AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose", "HttpsUpgrades"],
  ...["HttpsFirstBalancedModeAutoEnable", "LensOverlay", "MediaRouter", "PaintHolding"],
  ...["ThirdPartyStoragePartitioning", "AvoidCorsURLLoaderRestartOnRedirect", "OptimizationHints"],
  ...["NetworkTimeServiceQuerying", "AimEnabled", "PreconnectToSearch"],
];
/** The address bar's lists, which the browser draws as two pages of its own for each window: a quarter of all its work, and nobody sees them. */
const UNSEEN = ["WebUIOmniboxPopup", "WebUIOmniboxAimPopup", "WebUIOmniboxFullPopup"];

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
    `--disable-features=${[...OFF_ANYWAY, ...UNSEEN].join(",")}`,
  ],
};
