import { z } from "zod";
import { emailSchema, passwordSchema } from "@/lib/auth/schema";
import { NAME_MAX_LENGTH } from "@/lib/core/limits";
import { lineSchema } from "@/lib/core/text";

/** The first administrator's form. Faults are those of names, addresses and new passwords. */
export const firstAdministratorSchema = z
  .object({
    token: z.string(),
    name: lineSchema(NAME_MAX_LENGTH),
    email: emailSchema,
    password: passwordSchema,
    repeat: z.string({ error: "required" }),
  })
  .refine((value) => value.password === value.repeat, { error: "password_differs", path: ["repeat"] });

/** What the command line needs to make an administrator. */
export const administratorSchema = z.object({ name: lineSchema(NAME_MAX_LENGTH), email: emailSchema });
