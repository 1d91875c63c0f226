import { setTimeout as delay } from "node:timers/promises";
import type { Temporal } from "temporal-polyfill";
import { forgetEmailChanges } from "@/lib/auth/mutations/email-change";
import { forgetSignInRequests } from "@/lib/auth/mutations/email-link";
import { systemNow } from "@/lib/core/clock";
import { subscribe } from "@/lib/events/listen";
import { CONFERENCES_TOPIC } from "@/lib/events/topics";
import { lead } from "@/lib/jobs/lead";
import type { Handler } from "@/lib/jobs/work";
import { forgetEndedWindows } from "@/lib/security/rate-limit";
import { noteCallLog } from "./mutations/attendance";
import { closeIfOver } from "./mutations/close-conference";
import { endWithdrawnRecording } from "./mutations/keep-to-consent";
import { moveConference } from "./mutations/move-conference";
import { proposeNoShows } from "./mutations/no-show";
import { openConference } from "./mutations/open-conference";
import { reapPresences } from "./mutations/presence";
import { sweepConferences } from "./mutations/sweep";
import { watchOnce } from "./mutations/watch";

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

/** Ends a recording that is agreed to no more, unless the patient's own request already has. */
export const endRecording: Handler<"recording.withdrawn"> = async ({ appointmentId }) => {
  const ended = await endWithdrawnRecording(appointmentId, systemNow());
  if (!ended.ok) throw new TryAgain(`recording not ended: ${ended.reason}`);
};

/** Removes the conference of a visit that is over. */
export const closeEndedConference: Handler<"encounter.closed"> = async ({ encounterId }) => {
  const closed = await closeIfOver(encounterId, systemNow());
  if (!closed.ok) throw new TryAgain(`conference not closed: ${closed.reason}`);
  if (closed.value === "closed") await noteCallLog(encounterId, systemNow());
};

/** The shortest time between two looks, however often somebody asks for one. */
const REST_MS = 400;

/**
 * Looks at TrueConf for all visits, again and again until stopped: rarely while nothing is near, often while a visit runs, and at
 * once when somebody is rung; and now and then at all that TrueConf has of ours. One process of the installation does it at a time, and
 * nothing else asks TrueConf by itself.
 */
export const watchConferences = (stop: AbortSignal): Promise<void> =>
  lead(
    "conferences",
    async (signal) => {
      let wake: () => void = () => undefined;
      let comparedAt: Temporal.Instant | undefined;
      const unsubscribe = subscribe([CONFERENCES_TOPIC], () => wake());
      try {
        while (!signal.aborted) {
          const round = await watchOnce(comparedAt, systemNow());
          comparedAt = round.comparedAt;
          await delay(REST_MS, undefined, { signal }).catch(() => undefined);
          const woken = new Promise<void>((resolve) => {
            wake = resolve;
          });
          const rest = new AbortController();
          const over = AbortSignal.any([signal, rest.signal]);
          await Promise.race([
            woken,
            delay(round.seconds * 1000, undefined, { signal: over }).catch(() => undefined),
          ]);
          rest.abort();
        }
      } finally {
        unsubscribe();
      }
    },
    stop,
  );

/** Every minute. */
export const sweepVisits: Handler<"visits.sweep"> = async () => {
  const now = systemNow();
  await reapPresences(now);
  await proposeNoShows(now);
  await sweepConferences(now);
  await forgetEndedWindows(now);
  await forgetSignInRequests(now);
  await forgetEmailChanges(now);
};
