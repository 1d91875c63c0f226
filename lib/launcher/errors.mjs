/** Something the person at the terminal can put right: shown as its message alone, without a stack. */
export class LaunchError extends Error {
  /** @param {string} message @param {ErrorOptions} [options] */
  constructor(message, options) {
    super(message, options);
    this.name = "LaunchError";
  }
}
