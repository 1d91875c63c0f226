"use server";

import { redirect } from "next/navigation";
import type { Result } from "@/lib/core/result";
import { asUser, isUser } from "../ability";
import { endOwnSessions } from "../mutations/sessions";
import { formAction } from "../pipeline";
import { endSessionSchema, noFieldsSchema } from "../schema";
import { clearSessionCookie } from "../session-cookie";

const LIMIT = { max: 60, windowSeconds: 900 };

/** Field `sessionId`. Signs one browser of the asker's own out: within its next request it is nobody's. */
export const endSessionAction = formAction({
  name: "auth.end-session",
  schema: endSessionSchema,
  limit: LIMIT,
  allow: isUser,
  run: async ({ actor, input, now }): Promise<Result<undefined>> => {
    const { userId, sessionId, address } = asUser(actor);
    await endOwnSessions(userId, { only: input.sessionId, address }, now);
    if (input.sessionId === sessionId) {
      await clearSessionCookie();
      redirect("/sign-in");
    }
    redirect("/account");
  },
});

/** Signs every other browser of the asker's own out. */
export const endOtherSessionsAction = formAction({
  name: "auth.end-other-sessions",
  schema: noFieldsSchema,
  limit: LIMIT,
  allow: isUser,
  run: async ({ actor, now }): Promise<Result<undefined>> => {
    const { userId, sessionId, address } = asUser(actor);
    await endOwnSessions(userId, { except: sessionId, address }, now);
    redirect("/account");
  },
});
