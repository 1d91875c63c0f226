"use server";

import { redirect } from "next/navigation";
import { formAction } from "@/lib/auth/pipeline";
import { cancelAppointment } from "@/lib/booking/mutations/cancel";
import { rescheduleAppointment } from "@/lib/booking/mutations/reschedule";
import { cancelVisitSchema, moveVisitSchema } from "@/lib/booking/schema/change";
import { refuse } from "@/lib/core/result";
import { readVisitorHash } from "@/lib/security/visitor";
import { loadChanger } from "../loaders/link";

/** A patient moves a visit, by account or by the personal link whose token the form carries, and is led back to it. */
export const moveVisitAction = formAction({
  name: "visits.move",
  schema: moveVisitSchema,
  limit: { max: 30, windowSeconds: 3600 },
  allow: () => true,
  run: async ({ input, now }) => {
    const changer = await loadChanger(input);
    if (!changer) return refuse("not_found");
    const { actor, appointmentId, path } = changer;
    const move = { appointmentId, startAt: input.startAt, holderHash: await readVisitorHash() };
    const moved = await rescheduleAppointment(move, actor, now);
    if (!moved.ok) return moved;
    redirect(`${path}?moved=1`);
  },
});

/** A patient cancels a visit, in the same ways. */
export const cancelVisitAction = formAction({
  name: "visits.cancel",
  schema: cancelVisitSchema,
  limit: { max: 30, windowSeconds: 3600 },
  allow: () => true,
  run: async ({ input, now }) => {
    const changer = await loadChanger(input);
    if (!changer) return refuse("not_found");
    const { actor, appointmentId, path } = changer;
    const cancelled = await cancelAppointment({ appointmentId, reason: input.reason }, actor, now);
    if (!cancelled.ok) return cancelled;
    redirect(path);
  },
});
