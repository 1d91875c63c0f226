import { createHash } from "node:crypto";
import { loadFeed } from "@/lib/booking/loaders/feed";

type Context = { params: Promise<{ token: string }> };

/**
 * A personal calendar for programs that subscribe to it. They keep the text and ask whether it has changed, so they may store it
 * and must ask each time; an address that was stopped is one that never was.
 */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const ics = await loadFeed((await params).token);
  if (ics === undefined)
    return new Response(null, { status: 404, headers: { "Cache-Control": "private, no-store" } });
  const etag = `"${createHash("sha256").update(ics).digest("base64url")}"`;
  const headers = { "Cache-Control": "private, no-cache", ETag: etag, "X-Robots-Tag": "noindex" };
  if (knows(request.headers.get("if-none-match"), etag)) return new Response(null, { status: 304, headers });
  return new Response(ics, {
    headers: {
      ...headers,
      "Content-Type": "text/calendar; charset=utf-8",
      "Content-Disposition": 'inline; filename="visits.ics"',
    },
  });
}

/** If-None-Match compares weakly (RFC 9110 §13.1.2): a proxy that compressed the text has made its tag weak. */
const knows = (sent: string | null, etag: string): boolean =>
  sent?.split(",").some((one) => one.trim().replace(/^W\//, "") === etag || one.trim() === "*") ?? false;
