import type { Temporal } from "temporal-polyfill";
import type { UserActor } from "@/lib/access/types";
import { newId } from "@/lib/core/ids";
import { ok, type Result, refuse } from "@/lib/core/result";
import { db } from "@/lib/db/client";
import { toDate } from "@/lib/time/instant";

/** Keeps a text of the practitioner's own to begin summaries with. Nothing in it is about anybody. */
export async function saveTemplate(
  { practitionerId }: Pick<UserActor, "practitionerId">,
  template: { title: string; text: string; locale: string },
  now: Temporal.Instant,
): Promise<Result<undefined, "not_found">> {
  if (practitionerId === undefined) return refuse("not_found");
  await db().summaryTemplate.create({
    data: { id: newId(), practitionerId, ...template, createdAt: toDate(now) },
  });
  return ok();
}

/** Removes one of the practitioner's own; the clinic's stay. */
export async function removeTemplate(
  { practitionerId }: Pick<UserActor, "practitionerId">,
  templateId: string,
): Promise<Result<undefined, "not_found">> {
  if (practitionerId === undefined) return refuse("not_found");
  const { count } = await db().summaryTemplate.deleteMany({ where: { id: templateId, practitionerId } });
  return count === 1 ? ok() : refuse("not_found");
}
