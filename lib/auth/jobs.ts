import { systemNow } from "@/lib/core/clock";
import type { Handler } from "@/lib/jobs/work";
import { answerSignInRequest, answerWaitingRequest } from "./mutations/email-link";

/** Looks whose address it is that somebody gave, and sends the link that fits, or none. */
export const answerLinkRequest: Handler<"sign_in.requested"> = ({ signInRequestId }) =>
  answerSignInRequest(signInRequestId, systemNow());

/** The same for a mailbox that has had its mails for now. */
export const answerWaitingLinkRequest: Handler<"sign_in.waiting"> = ({ signInRequestId }) =>
  answerWaitingRequest(signInRequestId, systemNow());
