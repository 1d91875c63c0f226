import { refuseForeign } from "@/app/api/door";
import { notFoundJson } from "@/lib/security/api-request";

export const runtime = "nodejs";

/** Where `proxy.ts` leads the forms of other sites' pages, so that the trail knows of them: no page and no action sees them. */
export async function POST(request: Request) {
  return (await refuseForeign("form", request)) ?? notFoundJson();
}
