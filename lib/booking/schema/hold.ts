import { z } from "zod";
import { idSchema, startSchema } from "./book";

/** A time that was chosen. */
export const holdSlotSchema = z.object({
  practitionerId: idSchema,
  visitTypeId: idSchema,
  startAt: startSchema,
});

/** What a page about a hold says when it is left or seen again. */
export const presenceSchema = z.object({
  holdId: idSchema,
  sequence: z.int().min(0),
});
