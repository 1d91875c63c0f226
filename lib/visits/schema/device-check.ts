import { z } from "zod";

/** What a device check found: words only, never media. The speaker is known once somebody said whether they heard it. */
export const deviceCheckSchema = z.object({
  browser: z.boolean(),
  camera: z.boolean(),
  microphone: z.boolean(),
  speaker: z.boolean().nullable(),
  network: z.boolean(),
});

export type DeviceFindings = z.output<typeof deviceCheckSchema>;
