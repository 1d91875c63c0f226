import { z } from "zod";
import { FILES_PER_MESSAGE } from "./constants";

const as = z.enum(["patient", "practitioner"]);
const token = z.string().max(100).optional();
/** As long as a request may be; that it is too long for a message is for the rules to say. */
const text = z.string({ error: "required" });

/** What the form under a conversation sends; `plain` where no script did. */
export const sendSchema = z.object({
  conversationId: z.string().max(100),
  as,
  token,
  clientId: z.uuid("required"),
  text: text.transform((value) => value.replace(/\r\n?/g, "\n")),
  "attachmentIds[]": z.array(z.string().max(100)).max(FILES_PER_MESSAGE).default([]),
  plain: z.string().optional(),
});

/** Whom somebody wants to write to; by a personal link, the one whom its visit is with. `here` is asked on the page of the visit. */
export const openSchema = z.object({
  as,
  token,
  patientId: z.string().max(100).optional(),
  practitionerId: z.string().max(100).optional(),
  here: z.string().max(1).optional(),
});

const sequence = z.int().min(0).max(2_147_483_647);

export const markSchema = z.object({ as, delivered: sequence, read: sequence });
export const earlierSchema = z.object({ as, before: sequence });
export const searchSchema = z.object({ as, query: z.string().max(200) });
