import "server-only";
import type { z } from "zod";
import type { Actor } from "@/lib/access/types";
import { loadAddress, noteRefusal } from "@/lib/auth/loaders";
import { notFoundJson, privateJson, readCall, tooManyJson } from "@/lib/security/api-request";
import { isOwnOrigin } from "@/lib/security/origin";

/*
 * What the doors for machines answer whom they let not in. That somebody tried is in the trail, under the door's own name.
 */

/** What everybody gets whose it is not, and whoever asks for what does not exist. @param actor who asks, where it is known already */
export async function notTheirs(door: string, actor?: Actor): Promise<Response> {
  await noteRefusal(door, actor);
  return notFoundJson();
}

/** What whoever asks too often gets, and after how many seconds the next try counts. */
export async function tooMany(door: string, actor: Actor, retryAfterSeconds: number): Promise<Response> {
  await noteRefusal(`${door}.too_many`, actor);
  return tooManyJson(retryAfterSeconds);
}

/** What a page of another site gets; nothing for one of our own. It is nobody's deed who is signed in here: they may know nothing of it. */
export async function refuseForeign(door: string, request: Request): Promise<Response | undefined> {
  if (isOwnOrigin(request.headers)) return undefined;
  await noteRefusal(`${door}.foreign`, { kind: "anonymous", address: await loadAddress() });
  return privateJson({ reason: "forbidden" }, 403);
}

/** {@link readCall}, with pages of other sites in the trail. */
export const readDoor = async <S extends z.ZodType<object>>(
  door: string,
  request: Request,
  schema: S,
): Promise<z.output<S> | Response> =>
  (await refuseForeign(door, request)) ?? (await readCall(request, schema));
