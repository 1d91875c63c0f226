import { z } from "zod";

/**
 * Every queue, with its payload (ids only, never personal data) and how it is retried. The queues' tables are made when migrations
 * are applied, by the owning role: the application's role cannot create any. Handlers live in the capabilities' `jobs`.
 */
type Queue = {
  payload: z.ZodType<Record<string, string>>;
  /** Attempts after the first. */
  retryLimit: number;
  /** Seconds before the first retry; doubled each time, with jitter. */
  retryDelaySeconds: number;
  /** Seconds after which a job whose worker died is taken again. */
  expireInSeconds: number;
  /** `short` keeps at most one waiting job for each key. */
  policy: "standard" | "short";
};

const id = z.uuid();

export const QUEUES = {
  /** A visit was booked: its conference must be opened. After some twenty minutes of failures the sweep goes on. */
  "appointment.booked": {
    payload: z.object({ appointmentId: id }),
    retryLimit: 8,
    retryDelaySeconds: 5,
    expireInSeconds: 60,
    policy: "standard",
  },
  /** A visit was moved to another time or practitioner: its conference must follow. */
  "appointment.moved": {
    payload: z.object({ appointmentId: id }),
    retryLimit: 8,
    retryDelaySeconds: 5,
    expireInSeconds: 60,
    policy: "standard",
  },
  /** A patient agrees no more to a recording that was begun, or is about to: it must end. */
  "recording.withdrawn": {
    payload: z.object({ appointmentId: id }),
    retryLimit: 8,
    retryDelaySeconds: 2,
    expireInSeconds: 60,
    policy: "standard",
  },
  /** A claim on a practitioner's time has gone: whoever waits for such a time is offered it. */
  "slot.freed": {
    payload: z.object({ practitionerId: id, startAt: z.string(), endAt: z.string() }),
    retryLimit: 5,
    retryDelaySeconds: 5,
    expireInSeconds: 60,
    policy: "standard",
  },
  /** Every minute: reminders that are due, offers that nobody took, holds that ran out, wishes whose dates have passed. */
  "booking.sweep": {
    payload: z.object({}),
    retryLimit: 0,
    retryDelaySeconds: 1,
    expireInSeconds: 55,
    policy: "short",
  },
  /** Every minute: the state of the audit chains, also outside the database. */
  "audit.seal": {
    payload: z.object({}),
    retryLimit: 0,
    retryDelaySeconds: 1,
    expireInSeconds: 55,
    policy: "short",
  },
  /** A visit has ended or was cancelled: its conference must be stopped and deleted. The sweep goes on here too. */
  "encounter.closed": {
    payload: z.object({ encounterId: id }),
    retryLimit: 8,
    retryDelaySeconds: 5,
    expireInSeconds: 60,
    policy: "standard",
  },
  /** Somebody asked for a link to sign in or to register: whether it is sent, and which, depends on whose the address is. */
  "sign_in.requested": {
    payload: z.object({ signInRequestId: id }),
    retryLimit: 8,
    retryDelaySeconds: 5,
    expireInSeconds: 60,
    policy: "standard",
  },
  /** The same where the mailbox has had its mails for now: it waits for the next, which stands for all that wait then. */
  "sign_in.waiting": {
    payload: z.object({ signInRequestId: id }),
    retryLimit: 8,
    retryDelaySeconds: 5,
    expireInSeconds: 60,
    policy: "standard",
  },
  /** Somebody asked for the links to an address's visits: whether a mail is sent depends on whose it is. */
  "visit_list.requested": {
    payload: z.object({ visitListRequestId: id }),
    retryLimit: 8,
    retryDelaySeconds: 5,
    expireInSeconds: 60,
    policy: "standard",
  },
  /** Somebody asked for everything that is kept about them. */
  "export.requested": {
    payload: z.object({ exportId: id }),
    retryLimit: 5,
    retryDelaySeconds: 10,
    expireInSeconds: 600,
    policy: "standard",
  },
  /** An administrator has decided that somebody is to be erased. What fails here, the sweep goes on with. */
  "erasure.approved": {
    payload: z.object({ erasureId: id }),
    retryLimit: 8,
    retryDelaySeconds: 15,
    expireInSeconds: 600,
    policy: "standard",
  },
  /** Every ten minutes: exports whose time is over, erasures that are not done yet, and what stays of those that are. */
  "privacy.sweep": {
    payload: z.object({}),
    retryLimit: 0,
    retryDelaySeconds: 1,
    expireInSeconds: 300,
    policy: "short",
  },
  /** Every night: what has been kept long enough. */
  "retention.sweep": {
    payload: z.object({}),
    retryLimit: 0,
    retryDelaySeconds: 1,
    expireInSeconds: 3_600,
    policy: "short",
  },
  /** One mail of the outbox. */
  "notification.send": {
    payload: z.object({ notificationId: id }),
    retryLimit: 20,
    retryDelaySeconds: 5,
    expireInSeconds: 60,
    policy: "standard",
  },
  /** Every minute: conferences that should exist or should not, visits left open, counters that ran out. */
  "visits.sweep": {
    payload: z.object({}),
    retryLimit: 0,
    retryDelaySeconds: 1,
    expireInSeconds: 55,
    policy: "short",
  },
  /** A file has come into a conversation: nobody reads it until it was looked at. After some hours of failures the sweep goes on. */
  "attachment.scan": {
    payload: z.object({ attachmentId: id }),
    retryLimit: 12,
    retryDelaySeconds: 5,
    expireInSeconds: 120,
    policy: "standard",
  },
  /** Every minute: files that were never sent, and what remains of those that are nobody's any more. */
  "messaging.sweep": {
    payload: z.object({}),
    retryLimit: 0,
    retryDelaySeconds: 1,
    expireInSeconds: 55,
    policy: "short",
  },
} as const satisfies Record<string, Queue>;

export type QueueName = keyof typeof QUEUES;
export type Payload<Q extends QueueName> = z.output<(typeof QUEUES)[Q]["payload"]>;

/** Queues that are filled by the clock, with their cron expressions (UTC). */
export const SCHEDULES = {
  "visits.sweep": "* * * * *",
  "booking.sweep": "* * * * *",
  "audit.seal": "* * * * *",
  "messaging.sweep": "* * * * *",
  "privacy.sweep": "*/10 * * * *",
  "retention.sweep": "20 1 * * *",
} as const satisfies Partial<Record<QueueName, string>>;

/** The schema that pg-boss owns in our database. */
export const JOBS_SCHEMA = "pgboss";
