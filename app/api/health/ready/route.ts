import { systemNow } from "@/lib/core/clock";
import { databaseHealth } from "@/lib/db/health";
import { trueconfHealth } from "@/lib/trueconf/health";

/**
 * Whether this process can serve: 200 when the database can be used, 503 otherwise. TrueConf is named but does not decide: without
 * it people still book, and are told.
 */
export async function GET(): Promise<Response> {
  const [database, trueconf] = await Promise.all([
    databaseHealth(),
    trueconfHealth(systemNow().epochMilliseconds),
  ]);
  const ready = database === "ok";
  return Response.json(
    {
      status: ready ? (trueconf === "ok" ? "ready" : "degraded") : "unavailable",
      parts: { database, trueconf },
    },
    { status: ready ? 200 : 503, headers: { "Cache-Control": "no-store" } },
  );
}
