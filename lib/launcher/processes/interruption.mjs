const SIGNALS = /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK"]);

/**
 * Calls `stop` at the first request to end, from Ctrl-C, a service manager or a terminal that closes, and `force` at the second.
 * npm passes signals on that the terminal has sent already, so that those in quick succession count as one.
 *
 * @param {() => void} stop
 * @param {() => void} force
 */
export function onInterruption(stop, force) {
  let first = 0;
  for (const signal of SIGNALS) {
    process.on(signal, () => {
      const now = performance.now();
      if (first === 0) {
        first = now;
        stop();
      } else if (now - first > 500) {
        force();
      }
    });
  }
}
