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

/** A free port of the system's choice. @returns {Promise<number>} */
export async function anyFreePort() {
  const port = await bindOnce(0);
  if (port === undefined) throw new Error("no port of 127.0.0.1 can be listened on");
  return port;
}

/** The first free port at or after `first`, else one of the system's choice. @param {number} first */
export async function freePortFrom(first) {
  for (let port = first; port < Math.min(first + SEARCH_LENGTH, MAX_PORT); port += 1) {
    if (await isFree(port)) return port;
  }
  return anyFreePort();
}
