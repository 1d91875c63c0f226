/**
 * Tells the page around this one what became of the call, in the words of TrueConf's web client. Nobody but the configured portals
 * hears it: the browser drops a message whose target origin is not the receiver's.
 *
 * @param {"logout" | "connectionClosed" | "loginFail" | "notSupported"} type
 */
export function notifyParent(type) {
  if (window.parent === window) return;
  // The browser names the framing origin where it can, so that the other portals cause no warning.
  const framing = window.location.ancestorOrigins?.[0];
  const origins = (document.body.dataset.portalOrigins ?? "").split(" ").filter(Boolean);
  const listening = framing === undefined ? origins : origins.filter((origin) => origin === framing);
  for (const origin of listening) window.parent.postMessage({ type }, origin);
}
