import { systemNow } from "@/lib/core/clock";
import type { Handler } from "@/lib/jobs/work";
import { answerVisitListRequest, forgetVisitListRequests } from "./mutations/lost-link";
import { sweepHolds } from "./mutations/release";
import { queueReminders } from "./mutations/remind";
import { endPastEntries } from "./mutations/waitlist";
import { expireOffers } from "./mutations/waitlist-end";
import { offerFreedTime, readFreed } from "./mutations/waitlist-offers";

/** Offers a time that came free to whoever waits for it. */
export const offerFreed: Handler<"slot.freed"> = async (payload) => {
  await offerFreedTime(readFreed(payload), systemNow());
};

/** Looks whose address it is that somebody gave, and sends the list of its visits, or none. */
export const answerLostLink: Handler<"visit_list.requested"> = ({ visitListRequestId }) =>
  answerVisitListRequest(visitListRequestId, systemNow());

/** Every minute. Reminders first: they are what cannot wait. */
export const sweepBooking: Handler<"booking.sweep"> = async () => {
  const now = systemNow();
  await queueReminders(now);
  await expireOffers(now);
  await sweepHolds(now);
  await endPastEntries(now);
  await forgetVisitListRequests(now);
};
