"use server";

import { redirect } from "next/navigation";
import { formAction } from "@/lib/auth/pipeline";
import { ensureVisitor } from "@/lib/security/visitor";
import { bookingPath } from "../format/paths";
import { holdSlot } from "../mutations/hold";
import { holdSlotSchema } from "../schema/hold";

/**
 * Chooses a time: holds it for this visitor where that can be, and leads to the page that books it. Whatever stands in the way of a
 * hold, that page says what can be done. Holds have limits of their own.
 */
export const holdSlotAction = formAction({
  name: "booking.hold",
  schema: holdSlotSchema,
  allow: () => true,
  run: async ({ input, now, origin }) => {
    const holderHash = await ensureVisitor();
    await holdSlot({ ...input, holderHash, address: origin.address }, now);
    redirect(bookingPath(input, input.startAt));
  },
});
