import { randomInt } from "node:crypto";
import { connect, createServer } from "node:net";

const MAX_PORT = 65535;
const SEARCH_LENGTH = 50;

/** Tells whether something answers, also behind a wildcard address that a bind on 127.0.0.1 would not collide with. */
const answers = (/** @type {string} */ host, /** @type {number} */ port) =>
  new Promise((resolve) => {
    const socket = connect({ host, port, timeout: 500 });
    const done = (/** @type {boolean} */ result) => {
      socket.destroy();
      resolve(result);
    };
    socket.once("connect", () => done(true));
    socket.once("error", () => done(false));
    socket.once("timeout", () => done(false));
  });

/** @returns {Promise<number | undefined>} the port bound for a moment, or `undefined` when it is taken or forbidden */
const bindOnce = (/** @type {number} */ port) =>
  new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(undefined));
    server.listen({ host: "127.0.0.1", port, exclusive: true }, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : undefined));
    });
  });

/** Tells whether a port of this machine's loopback can be listened on and is answered by nobody. */
export async function isFree(/** @type {number} */ port) {
  if ((await bindOnce(port)) === undefined) return false;
  return !(await answers("127.0.0.1", port)) && !(await answers("::1", port));
}

/**
 * Below what systems give to connections that go out (Linux from 32768, macOS and Windows from 49152, RFC 6335 §6): between being found
 * free and being listened on, a port up there may become somebody's own end of a connection.
 */
const QUIET_FIRST = 20_000;
const QUIET_COUNT = 12_000;

/** What this process has given out, since not all of it is listened on yet. */
const given = new Set();

/** A free port, another at each call. @returns {Promise<number>} */
export async function anyFreePort() {
  for (let tries = 0; tries < SEARCH_LENGTH; tries += 1) {
    const port = QUIET_FIRST + randomInt(QUIET_COUNT);
    if (given.has(port) || !(await isFree(port))) continue;
    given.add(port);
    return port;
  }
  const port = await bindOnce(0);
  if (port === undefined) throw new Error("no port of 127.0.0.1 can be listened on");
  given.add(port);
  return port;
}

/** The first free port at or after `first`, else any. @param {number} first */
export async function freePortFrom(first) {
  for (let port = first; port < Math.min(first + SEARCH_LENGTH, MAX_PORT); port += 1) {
    if (await isFree(port)) return port;
  }
  return anyFreePort();
}
