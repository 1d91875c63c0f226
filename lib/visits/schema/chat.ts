import { z } from "zod";

export const startVideoSchema = z.object({ conversationId: z.uuid("not_found") });

export const joinCardSchema = z.object({ appointmentId: z.uuid("not_found"), token: z.string().max(100) });
