import { z } from "zod";

/** What was answered and agreed to on joining, as it is kept until there is a visit. */
export const keptIntakeSchema = z.object({
  answers: z.array(z.object({ questionId: z.string(), value: z.string() })),
  consentTextIds: z.array(z.string()),
});
