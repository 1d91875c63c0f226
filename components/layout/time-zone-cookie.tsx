"use client";

import { useEffect } from "react";

/**
 * Tells the server the device's time zone, by a cookie, for the pages to come. Writes only when the cookie is missing or
 * the device has travelled; changes nothing on the page in front of the visitor. Renders nothing.
 *
 * @param name the cookie's name
 * @param known the zone that the cookie already holds, as the server saw it
 */
export function TimeZoneCookie({
  name,
  known,
  maxAgeSeconds,
  secure,
}: {
  name: string;
  known: string | undefined;
  maxAgeSeconds: number;
  secure: boolean;
}) {
  useEffect(() => {
    const zone = new Intl.DateTimeFormat().resolvedOptions().timeZone;
    if (!zone || zone === known) return;
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing on the phones that patients have
    document.cookie = `${name}=${encodeURIComponent(zone)}; path=/; max-age=${maxAgeSeconds}; samesite=lax${secure ? "; secure" : ""}`;
  }, [name, known, maxAgeSeconds, secure]);
  return null;
}
