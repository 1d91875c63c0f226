import { z } from "zod";
import { isId } from "@/lib/core/ids";
import { NAME_MAX_LENGTH, PASSWORD_MAX_LENGTH, PASSWORD_MIN_LENGTH } from "@/lib/core/limits";
import { lineSchema } from "@/lib/core/text";

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

/**
 * A password to be set: long. Which characters it has is its owner's matter. Whether it is one of those that are tried first takes a
 * while to tell, and is looked at when it is known who asks.
 */
export const passwordSchema = z
  .string({ error: "required" })
  .min(PASSWORD_MIN_LENGTH, "password_short")
  .max(PASSWORD_MAX_LENGTH, "too_long");

export const newPasswordSchema = z
  .object({
    token: z.string(),
    password: passwordSchema,
    repeat: z.string({ error: "required" }),
  })
  .refine((value) => value.password === value.repeat, { error: "password_differs", path: ["repeat"] });

/** A code of an authenticator app, or a recovery code, as somebody types it. */
const codeSchema = z.string({ error: "required" }).trim().min(1, "required").max(40, "too_long");
/**
 * What somebody gives to confirm a change of what is not to be changed by whoever finds their browser open. There may be no password to
 * give: what must be given, the account says.
 */
const proofFields = {
  ownPassword: z.string().max(PASSWORD_MAX_LENGTH, "too_long").default(""),
  code: z.string().trim().max(40, "too_long").optional(),
};

/** What confirms that it is the owner who asks, and nothing else. */
export const proofSchema = z.object(proofFields);

export const signInCodeSchema = z.object({ code: codeSchema });

/** What the first step left for the second, in a cookie that only we can write. */
export const pendingSignInSchema = z.object({
  userId: z.string(),
  email: z.string(),
  sessionVersion: z.number(),
  byMail: z.boolean().optional(),
  next: z.string().optional(),
});

export const beginProviderSchema = z.object({ next: z.string().max(500).optional() });

/** The query with which a provider sent the browser back, as it is. */
export const providerAnswerSchema = z.object({ answer: z.string().max(8_000, "too_long") });

/** What the browser kept on its way to the provider and back, in a cookie that only we can write. */
export const providerRequestSchema = z.object({
  url: z.string(),
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  freshSince: z.number().optional(),
  next: z.string().optional(),
});

export const requestLinkSchema = z.object({ email: emailSchema });

export const registrationSchema = z.object({ name: lineSchema(NAME_MAX_LENGTH), email: emailSchema });

export const signInLinkSchema = z.object({ token: z.string() });

export const beginSecondStepSchema = z.object({ password: proofFields.ownPassword });

export const setSecondStepSchema = z.object({ code: codeSchema });

export const changeSecondStepSchema = z.object({
  what: z.enum(["app", "codes", "off"], { error: "required" }),
  password: proofFields.ownPassword,
  code: codeSchema,
});

export const changeEmailSchema = z.object({ email: emailSchema, ...proofFields });

/** The pages that may ask for a proof by mail, and lead on after it. */
export const proveByMailSchema = z.object({
  next: z.enum([
    "/account/password",
    "/account/email",
    "/account/data",
    "/account/erasure",
    "/account/second-step",
  ]),
});

export const changePasswordSchema = z
  .object({
    ...proofFields,
    password: passwordSchema,
    repeat: z.string({ error: "required" }),
  })
  .refine((value) => value.password === value.repeat, { error: "password_differs", path: ["repeat"] });

export const endSessionSchema = z.object({ sessionId: z.string().refine(isId, "invalid") });

export const noFieldsSchema = z.object({});
