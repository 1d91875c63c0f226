import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { inRoot } from "../paths.mjs";
import { createGroup } from "./group.mjs";

const PATIENCE = { timeout: 10_000, interval: 20 };

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "portal-"));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
});

/** A child that runs this program and may use `note` to leave words behind. */
function spec(name: string, program: string) {
  const file = join(directory, `${name}.mjs`);
  const notes = JSON.stringify(join(directory, "notes"));
  const note = `import { appendFileSync } from "node:fs"; const note = (word) => appendFileSync(${notes}, word + "\\n");`;
  writeFileSync(file, `${note}\n${program}`);
  return { name, args: [file], env: process.env, logs: directory };
}

const notes = () => {
  try {
    return readFileSync(join(directory, "notes"), "utf8").trim().split("\n");
  } catch {
    return [];
  }
};
const STAY = "setInterval(() => {}, 1000);";

describe("the launcher's children", () => {
  it("run to their end, and say what they said", async () => {
    const group = createGroup(() => undefined);
    expect(await group.run(spec("task", 'console.log("one"); console.log("two");'))).toEqual(["one", "two"]);
  });

  it("that fail are named with the end of their log", async () => {
    const group = createGroup(() => undefined);
    const failing = spec("task", 'console.log("{}"); console.error("that went wrong"); process.exit(3);');
    await expect(group.run(failing)).rejects.toThrow(
      /^task failed\. The end of its log[\s\S]*that went wrong/,
    );
    await expect(group.run(failing, { speaksForItself: true })).rejects.toThrow(/^that went wrong$/);
  });

  it("leave nothing confidential in their log", async () => {
    const group = createGroup(() => undefined);
    const secret = {
      ...spec("task", 'console.log("a secret"); console.error("a remark");'),
      isConfidential: true,
    };
    expect(await group.run(secret)).toEqual(["a secret"]);
    expect(readFileSync(join(directory, "task.log"), "utf8")).toBe("a remark\n");
  });

  it("are stopped in the opposite order of their start, and asked before they are ended", async () => {
    const group = createGroup(() => undefined);
    for (const name of ["first", "second"]) {
      const leave = `process.on("SIGTERM", () => { note("${name} leaves"); process.exit(0); });`;
      group.start(spec(name, `${leave} note("${name} is up"); ${STAY}`), { restarts: false });
    }
    await vi.waitFor(() => expect(notes()).toHaveLength(2), PATIENCE);
    await group.stop();
    expect(notes().slice(2)).toEqual(["second leaves", "first leaves"]);
  });

  it("are started again when they crash", async () => {
    const onFailure = vi.fn();
    const group = createGroup(onFailure);
    group.start(spec("shaky", 'note("up"); process.exit(1);'), { restarts: true });
    await vi.waitFor(() => expect(notes().length).toBeGreaterThan(1), PATIENCE);
    expect(onFailure).not.toHaveBeenCalled();
    await group.stop();
    const { length } = notes();
    await delay(1_500);
    expect(notes()).toHaveLength(length);
  });

  it("that must not be missed report their end", async () => {
    const onFailure = vi.fn();
    const group = createGroup(onFailure);
    group.start(spec("portal", 'console.error("no more"); process.exit(1);'), { restarts: false });
    await vi.waitFor(() => expect(onFailure).toHaveBeenCalled(), PATIENCE);
    expect(String(onFailure.mock.calls[0]?.[0])).toMatch(/portal ended unexpectedly[\s\S]*no more/);
    await group.stop();
  });

  it("are replaced on request, without being taken for crashed", async () => {
    const onFailure = vi.fn();
    const group = createGroup(onFailure);
    group.start(spec("worker", `note("up"); ${STAY}`), { restarts: false });
    await vi.waitFor(() => expect(notes()).toHaveLength(1), PATIENCE);
    await group.restart("worker");
    await vi.waitFor(() => expect(notes()).toHaveLength(2), PATIENCE);
    expect(onFailure).not.toHaveBeenCalled();
    await group.stop();
  });

  it("end when the launcher is killed, and may tidy up", async () => {
    const { args } = spec(
      "child",
      `process.on("SIGTERM", () => { note("asked"); process.exit(0); }); note("up " + process.pid); ${STAY}`,
    );
    const launcher = join(directory, "launcher.mjs");
    const group = pathToFileURL(inRoot("lib", "launcher", "processes", "group.mjs")).href;
    writeFileSync(
      launcher,
      `import { createGroup } from "${group}";
       createGroup(() => {}).start({ name: "child", args: ${JSON.stringify(args)}, env: process.env, logs: ${JSON.stringify(directory)} }, { restarts: true });
       ${STAY}`,
    );
    const parent = spawn(process.execPath, [launcher], { stdio: "ignore" });
    await vi.waitFor(() => expect(notes()).toHaveLength(1), PATIENCE);
    parent.kill("SIGKILL");
    await vi.waitFor(() => expect(notes()).toEqual([expect.stringMatching(/^up /), "asked"]), PATIENCE);
  });
});
