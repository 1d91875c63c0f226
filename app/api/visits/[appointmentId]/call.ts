import "server-only";
import type { Temporal } from "temporal-polyfill";
import { z } from "zod";
import { auditActor } from "@/lib/access/rules";
import type { Actor } from "@/lib/access/types";
import { recordRefusal } from "@/lib/audit/mutations";
import { systemNow } from "@/lib/core/clock";
import { isId } from "@/lib/core/ids";
import type { Result } from "@/lib/core/result";
import { loadLocale } from "@/lib/i18n/viewer";
import { notFoundJson, privateJson, readCall, tokenSchema, tooManyJson } from "@/lib/security/api-request";
import { countAttempt } from "@/lib/security/rate-limit";
import { loadVisitActor } from "@/lib/visits/loaders/link";

export type VisitRoute = { params: Promise<{ appointmentId: string }> };
type Call<B> = (
  actor: Actor,
  appointmentId: string,
  locale: string,
  now: Temporal.Instant,
  body: B,
) => Promise<Result<unknown, string>>;

/** Far above what a page does by itself, far below what would trouble TrueConf. */
const LIMIT = { max: 60, windowSeconds: 60 };

/**
 * Builds the handler of one call that a visit's page makes: 200 with the value, 404 for everybody whose visit it is not, 409 with
 * the reason. Nothing of it is ever cached.
 *
 * @param more what its body says beside the personal link's token
 */
export const visitCall =
  <B extends object = object>(name: string, call: Call<B>, more: z.ZodType<B> = z.object() as z.ZodType<B>) =>
  async (request: Request, { params }: VisitRoute): Promise<Response> => {
    const body = await readCall(request, z.intersection(tokenSchema, more));
    if (body instanceof Response) return body;
    const { appointmentId } = await params;
    if (!isId(appointmentId)) return notFoundJson();
    const now = systemNow();
    const { actor, rights } = await loadVisitActor(body.token);
    if (actor.kind === "anonymous") {
      await recordRefusal({ actor, door: name }, now);
      return notFoundJson();
    }
    if (rights !== "full") return privateJson({ reason: "ended" }, 409);
    const who = actor.kind === "user" ? actor.userId : appointmentId;
    const retryAfterSeconds = await countAttempt(name, who, LIMIT, now);
    if (retryAfterSeconds !== undefined) return tooManyJson(retryAfterSeconds);
    const result = await call(actor, appointmentId, await loadLocale(), now, body);
    if (result.ok) return privateJson(result.value ?? {});
    if (result.reason !== "not_found") return privateJson({ reason: result.reason }, 409);
    await recordRefusal({ actor: auditActor(actor), door: name }, now);
    return notFoundJson();
  };
