"use server";

import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { hasRole } from "@/lib/access/rules";
import type { Actor } from "@/lib/access/types";
import { asUser } from "@/lib/auth/ability";
import { formAction } from "@/lib/auth/pipeline";
import { endAccess, openRecord } from "./mutations";
import { endSchema, openSchema } from "./schema";
import type { EndRefusal, OpenRefusal } from "./types";

const isPractitioner = (actor: Actor) => hasRole(actor, "practitioner");

/** Fields `name`, `contact`, `reason`, `text`. Opens somebody's record by break-glass and leads to it. */
export const openRecordAction = formAction<typeof openSchema, OpenRefusal>({
  name: "emergency.open",
  schema: openSchema,
  allow: isPractitioner,
  run: async ({ actor, input, now }) => {
    const opened = await openRecord(asUser(actor), input, now);
    if (!opened.ok) return opened;
    revalidatePath("/", "layout");
    redirect(`/emergency/${opened.value.accessId}`);
  },
});

/** Field `accessId`. Gives it back. */
export const endAccessAction = formAction<typeof endSchema, EndRefusal>({
  name: "emergency.end",
  schema: endSchema,
  limit: { max: 60, windowSeconds: 3600 },
  allow: isPractitioner,
  run: async ({ actor, input: { accessId }, now }) => {
    const ended = await endAccess(asUser(actor), accessId, now);
    if (!ended.ok) return ended;
    revalidatePath("/", "layout");
    redirect("/emergency");
  },
});
