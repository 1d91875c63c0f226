import "server-only";
import type { Temporal } from "temporal-polyfill";
import { z } from "zod";
import { notTheirs, readDoor, tooMany } from "@/app/api/door";
import type { Actor } from "@/lib/access/types";
import { systemNow } from "@/lib/core/clock";
import type { Side } from "@/lib/messaging/types";
import { privateJson, tokenSchema } from "@/lib/security/api-request";
import { countAttempt } from "@/lib/security/rate-limit";
import { loadActorAfterVisit } from "@/lib/visits/loaders/link";

type ConversationRoute = { params: Promise<{ conversationId: string }> };
type Asked<B> = { actor: Actor; conversationId: string; now: Temporal.Instant; body: B };

/** Far above what a page does by itself. */
const LIMIT = { max: 240, windowSeconds: 60 };

/**
 * Builds the handler of one call that a conversation's page makes: 200 with what the call gives, 404 for everybody whose conversation it
 * is not.
 */
export const conversationCall =
  <B extends { as: Side }>(
    name: string,
    more: z.ZodType<B>,
    call: (asked: Asked<B>) => Promise<object | undefined>,
  ) =>
  async (request: Request, { params }: ConversationRoute): Promise<Response> => {
    const body = await readDoor(name, request, z.intersection(tokenSchema, more));
    if (body instanceof Response) return body;
    const { conversationId } = await params;
    const now = systemNow();
    const actor = await loadActorAfterVisit(body.token);
    if (actor.kind !== "user" && actor.kind !== "link") return notTheirs(name, actor);
    const who = actor.kind === "user" ? actor.userId : actor.appointmentId;
    const retryAfterSeconds = await countAttempt(name, who, LIMIT, now);
    if (retryAfterSeconds !== undefined) return tooMany(name, actor, retryAfterSeconds);
    const answer = await call({ actor, conversationId, now, body });
    return answer ? privateJson(answer) : notTheirs(name, actor);
  };
