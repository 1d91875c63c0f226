/** The process answers; nothing else is asked. */
export const GET = (): Response =>
  Response.json({ status: "live" }, { headers: { "Cache-Control": "no-store" } });
