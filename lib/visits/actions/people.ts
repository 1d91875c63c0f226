"use server";

import { redirect } from "next/navigation";
import { hasRole } from "@/lib/access/rules";
import type { Actor } from "@/lib/access/types";
import { formAction } from "@/lib/auth/pipeline";
import { env } from "@/lib/core/env";
import { type FormState, IDLE } from "@/lib/core/form";
import { ok } from "@/lib/core/result";
import { loadLocale } from "@/lib/i18n/viewer";
import { loadVisitActor } from "../loaders/link";
import { acceptHandover, declineHandover, offerHandover, withdrawHandover } from "../mutations/handover";
import { admitThirdPerson, inviteThirdPerson, revokeThirdPerson } from "../mutations/third";
import { handOverSchema, handoverIdSchema, inviteSchema, thirdPersonSchema } from "../schema/people";
import type { HandoverRefusal } from "../types/handover";
import type { ThirdPersonRefusal } from "../types/third";

const limit = { max: 60, windowSeconds: 3600 };
const isPractitioner = (actor: Actor) => hasRole(actor, "practitioner");

type InviteState = FormState<ThirdPersonRefusal> | { status: "made"; url: string };

/** Asks somebody into a visit. A link to hand over is in this one answer and nowhere else. */
export async function inviteThirdPersonAction(_previous: InviteState, sent: FormData): Promise<InviteState> {
  let url: string | undefined;
  const invite = formAction<typeof inviteSchema, ThirdPersonRefusal>({
    name: "visits.inviteThird",
    schema: inviteSchema,
    limit,
    allow: () => true,
    run: async ({ input: { token, ...input }, now }) => {
      const asker = await loadVisitActor(token);
      if (!asker.ok) return asker;
      const invited = await inviteThirdPerson(asker.value, { ...input, locale: await loadLocale() }, now);
      if (!invited.ok) return invited;
      if (invited.value.token) url = `${env().PORTAL_URL}/t/${invited.value.token}`;
      return ok();
    },
  });
  const state = await invite(IDLE, sent);
  return url ? { status: "made", url } : state;
}

/** Sends somebody away, or takes an invitation back. */
export const revokeThirdPersonAction = formAction({
  name: "visits.revokeThird",
  schema: thirdPersonSchema,
  limit,
  allow: () => true,
  run: async ({ input: { token, ...input }, now }) => {
    const asker = await loadVisitActor(token);
    return asker.ok ? revokeThirdPerson(asker.value, input, now) : asker;
  },
});

/** The practitioner lets somebody in. */
export const admitThirdPersonAction = formAction({
  name: "visits.admitThird",
  schema: thirdPersonSchema,
  limit,
  allow: isPractitioner,
  run: ({ actor, input, now }) => admitThirdPerson(actor, input, now),
});

/** Offers a visit to a colleague. */
export const offerHandoverAction = formAction<typeof handOverSchema, HandoverRefusal>({
  name: "visits.offerHandover",
  schema: handOverSchema,
  limit,
  allow: isPractitioner,
  run: ({ actor, input, now }) => offerHandover(actor, input, now),
});

/** The colleague takes it, and is led into it. */
export const acceptHandoverAction = formAction<typeof handoverIdSchema, HandoverRefusal>({
  name: "visits.decideHandover",
  schema: handoverIdSchema,
  limit,
  allow: isPractitioner,
  run: async ({ actor, input: { handoverId }, now }) => {
    const accepted = await acceptHandover(actor, handoverId, now);
    if (!accepted.ok) return accepted;
    redirect(`/agenda/${accepted.value.appointmentId}`);
  },
});

/** The colleague lets it go. */
export const declineHandoverAction = formAction<typeof handoverIdSchema, HandoverRefusal>({
  name: "visits.decideHandover",
  schema: handoverIdSchema,
  limit,
  allow: isPractitioner,
  run: ({ actor, input: { handoverId }, now }) => declineHandover(actor, handoverId, now),
});

/** Whoever offered it keeps it after all. */
export const withdrawHandoverAction = formAction<typeof handoverIdSchema, HandoverRefusal>({
  name: "visits.decideHandover",
  schema: handoverIdSchema,
  limit,
  allow: isPractitioner,
  run: ({ actor, input: { handoverId }, now }) => withdrawHandover(actor, handoverId, now),
});
