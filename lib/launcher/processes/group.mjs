import { setTimeout as delay } from "node:timers/promises";
import { LaunchError } from "../errors.mjs";
import { startChild } from "./child.mjs";

const RESTART_WINDOW_MS = 60_000;
const MAX_RESTARTS = 5;

/**
 * The launcher's children. They are stopped in the opposite order of their start.
 *
 * @typedef {import("./child.mjs").ChildSpec} ChildSpec
 * @typedef {import("./child.mjs").Child} Child
 *
 * @typedef {{ spec: ChildSpec, restarts: boolean, child: Child, crashes: number[], isReplaced?: boolean }} Member
 */

/** Without the lines of JSON that are a process's log. */
const plainText = (/** @type {string} */ text) =>
  text
    .split("\n")
    .filter((line) => !line.startsWith("{"))
    .join("\n");

/** @param {(error: LaunchError) => void} onFailure hears of a child that ended and must not be missed */
export function createGroup(onFailure) {
  /** @type {Member[]} */
  const members = [];
  /** @type {Set<Child>} */
  const tasks = new Set();
  let stopping = false;

  const failure = (/** @type {Child} */ child, /** @type {string} */ what) =>
    new LaunchError(
      `${child.name} ${what}. The end of its log (${child.logFile}):\n${child.tail() || "(nothing)"}`,
    );

  /** Starts a member's process and decides, when that ends unasked, whether there will be another. */
  function launch(/** @type {Member} */ member) {
    const child = startChild(member.spec);
    member.child = child;
    void child.exited.then(async () => {
      if (stopping || member.isReplaced) return;
      const now = performance.now();
      member.crashes = [...member.crashes.filter((at) => now - at < RESTART_WINDOW_MS), now];
      if (!member.restarts) return onFailure(failure(child, "ended unexpectedly"));
      if (member.crashes.length > MAX_RESTARTS) return onFailure(failure(child, "keeps ending"));
      await delay(250 * 2 ** member.crashes.length);
      if (!stopping && member.child === child) launch(member);
    });
    return child;
  }

  return {
    /**
     * Starts a child that is to run for as long as the group does.
     *
     * @param {ChildSpec} spec
     * @param {{ restarts: boolean }} options whether it is started again when it ends, a bounded number of times
     * @returns {Child}
     */
    start(spec, { restarts }) {
      const member = /** @type {Member} */ ({ spec, restarts, crashes: [] });
      members.push(member);
      return launch(member);
    },

    /** Replaces a child by a fresh one, for code that has changed. @param {string} name */
    async restart(name) {
      const member = members.find(({ spec }) => spec.name === name);
      if (!member || stopping || member.isReplaced) return;
      member.isReplaced = true;
      await member.child.stop();
      member.isReplaced = false;
      if (!stopping) launch(member);
    },

    /**
     * Runs a child to its end, whatever that is.
     *
     * @param {ChildSpec} spec
     * @returns {Promise<{ child: Child, code: number, lines: string[] }>} with the lines of its standard output
     */
    async attempt(spec) {
      /** @type {string[]} */
      const lines = [];
      const onLine = (/** @type {string} */ line) => {
        lines.push(line);
        spec.onLine?.(line);
      };
      const child = startChild({ ...spec, onLine });
      tasks.add(child);
      const code = await child.exited;
      await Promise.race([child.silent, delay(1000)]);
      tasks.delete(child);
      if (stopping) throw new LaunchError("Stopped.");
      return { child, code, lines };
    },

    /**
     * Runs a child that must succeed.
     *
     * @param {ChildSpec} spec
     * @param {{ speaksForItself?: boolean }} [options] whether what it says when it fails is meant for the person at the terminal
     * @returns {Promise<string[]>} the lines of its standard output
     * @throws {LaunchError} with the end of its log when it fails
     */
    async run(spec, { speaksForItself = false } = {}) {
      const { child, code, lines } = await this.attempt(spec);
      if (code !== 0)
        throw speaksForItself ? new LaunchError(plainText(child.tail())) : failure(child, "failed");
      return lines;
    },

    /** The number of a member's present process. @param {string} name */
    pidOf: (name) => members.find(({ spec }) => spec.name === name)?.child.pid,

    /** Stops everything, the last started first. */
    async stop() {
      stopping = true;
      await Promise.all([...tasks].map((child) => child.stop()));
      for (const { child } of members.toReversed()) await child.stop();
    },

    /** Ends everything at once. */
    kill() {
      stopping = true;
      for (const child of [...tasks, ...members.map((member) => member.child)]) child.kill();
    },
  };
}

/** @typedef {ReturnType<typeof createGroup>} Group */
