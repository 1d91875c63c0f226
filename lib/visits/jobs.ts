import { systemNow } from "@/lib/core/clock";
import type { Handler } from "@/lib/jobs/work";
import { forgetEndedWindows } from "@/lib/security/rate-limit";
import { closeIfOver } from "./mutations/close-conference";
import { moveConference } from "./mutations/move-conference";
import { proposeNoShows } from "./mutations/no-show";
import { openConference } from "./mutations/open-conference";
import { reapPresences } from "./mutations/presence";
import { sweepConferences } from "./mutations/sweep";

/** A job is done, or it throws and is tried again. */
class TryAgain extends Error {}

/** Opens the booked visit's conference, unless the booking's own request already has. */
export const openBookedConference: Handler<"appointment.booked"> = async ({ appointmentId }) => {
  const opened = await openConference(appointmentId, systemNow());
  if (!opened.ok && opened.reason !== "closed") throw new TryAgain(`conference not opened: ${opened.reason}`);
};

/** Has the moved visit's conference follow it. */
export const followMovedVisit: Handler<"appointment.moved"> = async ({ appointmentId }) => {
  const moved = await moveConference(appointmentId, systemNow());
  if (!moved.ok && moved.reason !== "closed") throw new TryAgain(`conference not moved: ${moved.reason}`);
};

/** Removes the conference of a visit that is over. */
export const closeEndedConference: Handler<"encounter.closed"> = async ({ encounterId }) => {
  const closed = await closeIfOver(encounterId, systemNow());
  if (!closed.ok) throw new TryAgain(`conference not closed: ${closed.reason}`);
};

/** Every minute. */
export const sweepVisits: Handler<"visits.sweep"> = async () => {
  const now = systemNow();
  await reapPresences(now);
  await proposeNoShows(now);
  await sweepConferences(now);
  await forgetEndedWindows(now);
};
