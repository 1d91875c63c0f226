import { LiveClient } from "./live-client";

let client: LiveClient | undefined;

/** This tab's client, bound to the page's comings and goings. In the browser only, thus inside effects. */
export function liveClient(): LiveClient {
  client ??= bind(
    new LiveClient(
      navigator.locks && window.BroadcastChannel
        ? { locks: navigator.locks, openChannel: (name) => new BroadcastChannel(name) }
        : {},
    ),
  );
  return client;
}

function bind(bound: LiveClient): LiveClient {
  const wake = () => bound.wake();
  const sleep = () => bound.sleep();
  window.addEventListener("online", wake);
  window.addEventListener("offline", () => bound.doubt());
  // A page that is kept for "back" or frozen lives on without its connections (Page Lifecycle).
  window.addEventListener("pagehide", sleep);
  window.addEventListener("pageshow", wake);
  document.addEventListener("freeze", sleep);
  document.addEventListener("resume", wake);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") wake();
  });
  return bound;
}
