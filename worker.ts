import { sealAudit } from "@/lib/audit/jobs";
import { answerLinkRequest, answerWaitingLinkRequest } from "@/lib/auth/jobs";
import { answerLostLink, offerFreed, sweepBooking } from "@/lib/booking/jobs";
import { logger } from "@/lib/core/logger";
import { closeDb } from "@/lib/db/client";
import { closeEvents } from "@/lib/events/listen";
import { type Handlers, work } from "@/lib/jobs/work";
import { scanSentFile, sweepMessaging } from "@/lib/messaging/jobs";
import { sendNotification } from "@/lib/notifications/jobs";
import { carryOutErasure, makeRequestedExport, sweepPrivacy } from "@/lib/privacy/jobs";
import { keepQueues } from "@/lib/queue/jobs";
import { sweepKept } from "@/lib/retention/jobs";
import {
  closeEndedConference,
  endRecording,
  followMovedVisit,
  openBookedConference,
  sweepVisits,
  watchConferences,
} from "@/lib/visits/jobs";

const handlers: Handlers = {
  "audit.seal": sealAudit,
  "booking.sweep": sweepBooking,
  "slot.freed": offerFreed,
  "appointment.booked": openBookedConference,
  "appointment.moved": followMovedVisit,
  "recording.withdrawn": endRecording,
  "encounter.closed": closeEndedConference,
  "attachment.scan": scanSentFile,
  "messaging.sweep": sweepMessaging,
  "sign_in.requested": answerLinkRequest,
  "sign_in.waiting": answerWaitingLinkRequest,
  "visit_list.requested": answerLostLink,
  "export.requested": makeRequestedExport,
  "erasure.approved": carryOutErasure,
  "privacy.sweep": sweepPrivacy,
  "retention.sweep": sweepKept,
  "notification.send": sendNotification,
  "visits.sweep": sweepVisits,
};

const stop = await work(handlers);
const ending = new AbortController();
const watching = Promise.all([watchConferences(ending.signal), keepQueues(ending.signal)]);
logger().info("worker: at work");

let stopping = false;
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.on(signal, async () => {
    if (stopping) return;
    stopping = true;
    ending.abort();
    await Promise.all([stop(), watching]);
    // What happened since the last minute would else wait for its seal until a worker starts again.
    await sealAudit({}).catch((error: unknown) =>
      logger().warn({ error }, "worker: the trail was not sealed"),
    );
    await closeEvents();
    await closeDb();
    process.exit(0);
  });
}
