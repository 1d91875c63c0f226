import { spawn } from "node:child_process";
import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { Temporal } from "temporal-polyfill";
import { type Env, env } from "@/lib/core/env";
import { logger } from "@/lib/core/logger";

/**
 * Who looks at files before anybody reads them: the command that was configured; nobody, which the demonstration alone permits and says
 * on its pages; or there is nobody to, and no file is taken.
 */
export type Scanning = "command" | "pass" | "off";

export const scanningOf = ({
  SCAN_COMMAND,
  PORTAL_MODE,
}: Pick<Env, "SCAN_COMMAND" | "PORTAL_MODE">): Scanning =>
  SCAN_COMMAND ? "command" : PORTAL_MODE === "demonstration" ? "pass" : "off";

/** `unclear` is no verdict: the command could not be run, took too long, or said neither. */
export type Verdict = "clean" | "refused" | "unclear";

const TIMEOUT_MS = 60_000;
/** All that the command finds in its environment: none of the portal's secrets. */
const ENVIRONMENT = {
  NODE_ENV: "production",
  PATH: "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
} as const;

/** Copies stand in the one folder, where the sweep finds what a killed process has left. */
const copiesDir = () => resolve(env().DATA_DIR, "scanning");

/**
 * Shows the configured command a copy of the bytes, which only this account can read and which is gone when this returns.
 *
 * @returns by its exit code: 0 clean, 1 refused
 */
export async function scanBytes(bytes: Uint8Array, timeoutMs = TIMEOUT_MS): Promise<Verdict> {
  const { SCAN_COMMAND } = env();
  const scanning = scanningOf(env());
  if (scanning === "pass") return "clean";
  if (!SCAN_COMMAND) return "unclear";
  await mkdir(copiesDir(), { recursive: true, mode: 0o700 });
  const copyDir = await mkdtemp(join(copiesDir(), "copy-"));
  try {
    const copy = join(copyDir, "file");
    await writeFile(copy, bytes, { mode: 0o600, flag: "wx" });
    const code = await exitOf([...SCAN_COMMAND, copy], timeoutMs);
    if (code === 0) return "clean";
    if (code === 1) return "refused";
    logger().warn({ code }, "files: the scanner gave no verdict");
    return "unclear";
  } finally {
    await rm(copyDir, { recursive: true, force: true });
  }
}

/** The code with which a program ends; none when it could not be run, was killed, or took too long. Nothing it says is kept. */
const exitOf = ([program = "", ...args]: readonly string[], timeoutMs: number): Promise<number | undefined> =>
  new Promise((done) => {
    // A group of its own, so that what it has started ends with it.
    const child = spawn(program, args, {
      env: ENVIRONMENT,
      stdio: "ignore",
      detached: true,
      windowsHide: true,
    });
    const timer = setTimeout(() => endGroup(child.pid), timeoutMs);
    const finish = (code: number | undefined) => {
      clearTimeout(timer);
      done(code);
    };
    child.on("error", (error) => {
      logger().error({ err: error }, "files: the scanner could not be run");
      finish(undefined);
    });
    child.on("exit", (code) => finish(code ?? undefined));
  });

function endGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    // Windows has no groups of processes.
    process.kill(process.platform === "win32" ? pid : -pid, "SIGKILL");
  } catch {
    // It has ended by itself, and says so.
  }
}

/** Removes copies that a process has left behind which was killed over them. */
export async function removeLeftCopies(madeBefore: Temporal.Instant): Promise<void> {
  for (const name of await readdir(copiesDir()).catch(() => [])) {
    const path = join(copiesDir(), name);
    const made = await stat(path).catch(() => undefined);
    if (made && made.mtimeMs < madeBefore.epochMilliseconds) await rm(path, { recursive: true, force: true });
  }
}
