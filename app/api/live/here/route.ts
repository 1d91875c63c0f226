import { z } from "zod";
import { readDoor } from "@/app/api/door";
import { passPulse } from "@/lib/events/publish";
import { isToken } from "@/lib/security/tokens";

export const dynamic = "force-dynamic";
export const runtime = "nodejs";

const pulseSchema = z.object({ stream: z.string().refine(isToken) });

/** A browser says that it still reads its live stream. One that says nothing for long is taken for gone. */
export async function POST(request: Request): Promise<Response> {
  const pulse = await readDoor("live.here", request, pulseSchema);
  if (pulse instanceof Response) return pulse;
  await passPulse(pulse.stream);
  return new Response(null, { status: 204, headers: { "Cache-Control": "private, no-store" } });
}
