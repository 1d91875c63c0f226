import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { LaunchError } from "../errors.mjs";
import { inPackage, ROOT } from "../paths.mjs";
import { step } from "../terminal.mjs";

const {
  CHROMIUM_PATH,
  LOCALAPPDATA = "",
  PROGRAMFILES = "",
  "PROGRAMFILES(X86)": PROGRAMFILES_X86 = "",
} = process.env;

/** Chromium without windows, which the tests have no use for: a quarter less work for the same pages. Debian has it as a package. */
const SHELL = "chromium-headless-shell";

const PLACES = {
  linux: [
    ...[SHELL, "chromium", "chromium-browser", "google-chrome", "google-chrome-stable"].map(
      (name) => `/usr/bin/${name}`,
    ),
    "/snap/bin/chromium",
  ],
  darwin: [
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
  ],
  win32: [PROGRAMFILES, PROGRAMFILES_X86, LOCALAPPDATA].map((base) =>
    join(base, "Google", "Chrome", "Application", "chrome.exe"),
  ),
};

/** @returns {Promise<string>} where Playwright keeps its own browser, installed or not */
async function ownPath() {
  const { chromium } = await import("@playwright/test");
  return chromium.executablePath();
}

async function find() {
  if (CHROMIUM_PATH) {
    if (existsSync(CHROMIUM_PATH)) return CHROMIUM_PATH;
    throw new LaunchError(`CHROMIUM_PATH names ${CHROMIUM_PATH}, and there is nothing.`);
  }
  const places = PLACES[/** @type {keyof typeof PLACES} */ (process.platform)] ?? [];
  return [...places, await ownPath()].find((path) => existsSync(path));
}

const run = (/** @type {string} */ command, /** @type {string[]} */ ...args) =>
  spawnSync(command, args, {
    cwd: ROOT,
    stdio: "ignore",
    timeout: 300_000,
    env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
  });

const canInstall = () =>
  process.platform === "linux" && process.getuid?.() === 0 && existsSync("/usr/bin/apt-get");

async function installFromDebian() {
  if (!canInstall()) return;
  run("apt-get", "update");
  for (const name of [SHELL, "chromium"]) {
    run("apt-get", "install", "--yes", "--no-install-recommends", name);
    if (await find()) return;
  }
}

/** Where nobody watches, time counts, and a package more bothers nobody. @param {string} found */
const isSlow = (found) => Boolean(process.env.CI) && !CHROMIUM_PATH && !found.endsWith(SHELL) && canInstall();

/**
 * A Chromium for the tests in a browser: one that is there, else Playwright's download, else Debian's package.
 *
 * @returns {Promise<string>} its path
 * @throws {LaunchError} that says how to install one
 */
export async function ensureChromium() {
  const found = await find();
  if (found && !isSlow(found)) return found;
  return step("Installing a Chromium for the tests", async () => {
    if (!found) run(process.execPath, inPackage("@playwright/test", "cli.js"), "install", "chromium");
    if (found || !(await find())) await installFromDebian();
    const installed = await find();
    if (installed) return installed;
    throw new LaunchError(
      "The tests need a Chromium, and none could be installed. Install one (Debian: apt-get install chromium; elsewhere: npx playwright install --with-deps chromium), or set CHROMIUM_PATH.",
    );
  });
}
