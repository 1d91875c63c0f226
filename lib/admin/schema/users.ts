import { z } from "zod";
import { emailSchema, proofSchema } from "@/lib/auth/schema";
import { isId } from "@/lib/core/ids";
import { NAME_MAX_LENGTH } from "@/lib/core/limits";
import { lineSchema } from "@/lib/core/text";
import { LOCALES } from "@/lib/i18n/locales";
import { GIVEN_ROLES } from "../constants";

const userId = z.string({ error: "invalid" }).refine(isId, "invalid");
const box = z.literal("on", { error: "invalid" }).optional();

/** Each role's box is a field of its own, so that a form that comes back without JavaScript knows every one of them by name. */
const roleFields = { scheduler: box, administrator: box };
const toRoles = <T extends Partial<Record<(typeof GIVEN_ROLES)[number], "on" | undefined>>>({
  scheduler,
  administrator,
  ...rest
}: T) => ({
  ...rest,
  roles: GIVEN_ROLES.filter((role) => ({ scheduler, administrator })[role] === "on"),
});

export const inviteUserSchema = z
  .object({
    name: lineSchema(NAME_MAX_LENGTH),
    email: emailSchema,
    locale: z.enum(LOCALES, { error: "invalid" }),
    ...roleFields,
    ...proofSchema.shape,
  })
  .transform(toRoles);

export const changeRolesSchema = z.object({ userId, ...roleFields, ...proofSchema.shape }).transform(toRoles);

export const standingSchema = z.object({
  userId,
  standing: z.enum(["active", "disabled"], { error: "invalid" }),
  ...proofSchema.shape,
});

export const confirmedUserSchema = z.object({ userId, ...proofSchema.shape });

export const userIdSchema = z.object({ userId });

export const findAccountSchema = z.object({ email: emailSchema });
