import { randomUUID } from "node:crypto";
import { readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { connect, createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { readJson } from "./files.mjs";

/**
 * One launcher for one data directory. The lock file names a port of 127.0.0.1 that answers with the file's own secret word for as long as
 * its launcher lives. A process's number alone would not do: after a crash or a restart it may be another program's.
 *
 * @typedef {{ release: () => void }} Lock
 */

const SETTLE_MS = 150;

/** @param {{ port?: number, word?: string } | undefined} holder @returns {Promise<boolean>} */
const isHeld = (holder) =>
  new Promise((resolve) => {
    if (!holder?.port || !holder.word) return resolve(false);
    const socket = connect({ host: "127.0.0.1", port: holder.port, timeout: 2000 });
    let heard = "";
    const done = () => {
      socket.destroy();
      resolve(heard === holder.word);
    };
    socket.on("data", (chunk) => (heard += chunk));
    socket.once("end", done).once("error", done).once("timeout", done);
  });

/** @param {string} dataDir */
const fileOf = (dataDir) => join(dataDir, "launcher.lock");

/** Tells whether a launcher is at work on the data directory. @param {string} dataDir */
export const isLocked = (dataDir) => isHeld(readJson(fileOf(dataDir)));

/**
 * Takes the data directory for this process.
 *
 * @param {string} dataDir
 * @returns {Promise<Lock | undefined>} nothing when another launcher that lives has it
 */
export async function takeLock(dataDir) {
  const file = fileOf(dataDir);
  if (await isLocked(dataDir)) return undefined;

  const word = randomUUID();
  const server = createServer((socket) => socket.on("error", () => undefined).end(word));
  await new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen({ host: "127.0.0.1", port: 0 }, () => resolve(undefined));
  });
  server.unref();
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;

  // The last of several to write has it; each looks again after a while in which all have written.
  const unfinished = `${file}.${process.pid}`;
  writeFileSync(unfinished, JSON.stringify({ pid: process.pid, port, word }), { mode: 0o600 });
  renameSync(unfinished, file);
  await delay(SETTLE_MS);
  const isOurs = () => {
    try {
      return JSON.parse(readFileSync(file, "utf8")).word === word;
    } catch {
      return false;
    }
  };
  if (!isOurs()) {
    server.close();
    return undefined;
  }
  return {
    release: () => {
      if (isOurs()) rmSync(file, { force: true });
      server.close();
    },
  };
}
