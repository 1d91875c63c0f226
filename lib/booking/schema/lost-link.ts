import { z } from "zod";
import { emailSchema } from "@/lib/auth/schema";

/** The address with which somebody says that they booked. */
export const lostLinkSchema = z.object({ email: emailSchema });
