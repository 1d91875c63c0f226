import { systemNow } from "@/lib/core/clock";
import type { Handler } from "@/lib/jobs/work";
import { answerSignInRequest } from "./mutations/email-link";

/** Looks whose address it is that somebody gave, and sends the link that fits, or none. */
export const answerLinkRequest: Handler<"sign_in.requested"> = ({ signInRequestId }) =>
  answerSignInRequest(signInRequestId, systemNow());
