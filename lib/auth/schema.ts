import { z } from "zod";
import { PASSWORD_MAX_LENGTH, PASSWORD_MIN_LENGTH } from "@/lib/core/limits";

/** An e-mail address as it is stored and compared: trimmed and in lower case. */
export const emailSchema = z
  .string({ error: "required" })
  .trim()
  .toLowerCase()
  .min(1, "required")
  .max(254, "too_long")
  .pipe(z.email("email"));

export const signInSchema = z.object({
  email: emailSchema,
  password: z.string({ error: "required" }).min(1, "required").max(PASSWORD_MAX_LENGTH, "too_long"),
  /** Where the visitor wanted to go; only a path of ours is followed. */
  next: z.string().max(500).optional(),
});

export const newPasswordSchema = z
  .object({
    token: z.string(),
    password: z
      .string({ error: "required" })
      .min(PASSWORD_MIN_LENGTH, "password_short")
      .max(PASSWORD_MAX_LENGTH, "too_long"),
    repeat: z.string({ error: "required" }),
  })
  .refine((value) => value.password === value.repeat, { error: "password_differs", path: ["repeat"] });
