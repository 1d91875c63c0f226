import { z } from "zod";

/**
 * What a page says of itself when it joins: on which device it is, by a random word of that device's own, and whether the call is to be
 * taken over from another one. A page that says nothing is let in.
 */
export const deviceSchema = z.object({
  device: z
    .string()
    .regex(/^[\w-]{8,64}$/)
    .optional(),
  take: z.boolean().default(false),
});

export type Device = z.output<typeof deviceSchema>;
