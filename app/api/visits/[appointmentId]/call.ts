import "server-only";
import type { Temporal } from "temporal-polyfill";
import { z } from "zod";
import { notTheirs, readDoor, tooMany } from "@/app/api/door";
import type { Actor } from "@/lib/access/types";
import { systemNow } from "@/lib/core/clock";
import { isId } from "@/lib/core/ids";
import type { Result } from "@/lib/core/result";
import { loadLocale } from "@/lib/i18n/viewer";
import { privateJson, tokenSchema } from "@/lib/security/api-request";
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
    const body = await readDoor(name, request, z.intersection(tokenSchema, more));
    if (body instanceof Response) return body;
    const { appointmentId } = await params;
    if (!isId(appointmentId)) return notTheirs(name);
    const now = systemNow();
    const asked = await loadVisitActor(body.token);
    if (!asked.ok) return privateJson({ reason: asked.reason }, 409);
    const actor = asked.value;
    if (actor.kind === "anonymous") return notTheirs(name, actor);
    const who = actor.kind === "user" ? actor.userId : appointmentId;
    const retryAfterSeconds = await countAttempt(name, who, LIMIT, now);
    if (retryAfterSeconds !== undefined) return tooMany(name, actor, retryAfterSeconds);
    const result = await call(actor, appointmentId, await loadLocale(), now, body);
    if (result.ok) return privateJson(result.value ?? {});
    return result.reason === "not_found"
      ? notTheirs(name, actor)
      : privateJson({ reason: result.reason }, 409);
  };
