/*
 * Preloaded into every child of the launcher: when the launcher is gone, also by kill -9, the channel to it closes, and the child ends
 * as if it had been asked to; at the latest after a while.
 *
 * Processes that a child starts inherit the preload, but have a channel of their own, which is none of our business.
 */
const GRACE_MS = 5000;

if (process.channel && process.env.PORTAL_LAUNCHER === String(process.ppid)) {
  process.once("disconnect", () => {
    setTimeout(() => process.exit(1), GRACE_MS).unref();
    if (!process.emit("SIGTERM", "SIGTERM")) process.exit(1);
  });
  // Listening must not keep a process alive that has done its work.
  process.channel.unref();
}
