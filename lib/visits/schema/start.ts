import { z } from "zod";

/** How a start's page asks: an account is rung on its apps, or enters in this browser. */
export const startSchema = z.object({ by: z.enum(["app", "browser"]).default("app") });

/** How the practitioner is to enter this one visit. */
export const entrySchema = z.object({ entry: z.enum(["guest", "account"]) });
