const seconds = (/** @type {number} */ since) => `${((performance.now() - since) / 1000).toFixed(1)} s`;

/** One line on the terminal; never a colour, so that it reads the same in a file. @param {string} [line] */
export const say = (line = "") => void process.stdout.write(`${line}\n`);

/**
 * Shows what is being done and, when it is, how long it took.
 *
 * @template T
 * @param {string} what
 * @param {() => Promise<T> | T} body
 * @returns {Promise<T>}
 */
export async function step(what, body) {
  const since = performance.now();
  process.stdout.write(`  ${what} … `);
  try {
    const result = await body();
    say(seconds(since));
    return result;
  } catch (error) {
    say("failed");
    throw error;
  }
}
