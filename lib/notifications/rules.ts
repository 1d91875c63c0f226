import { Temporal } from "temporal-polyfill";
import { SIGN_IN_REQUEST_MINUTES } from "@/lib/security/access-link";
import { toDate, toInstant } from "@/lib/time/instant";
import { GIVE_UP_AFTER_HOURS, RESET_WAITS_HOURS } from "./constants";
import type { NotificationRow } from "./data";
import type { Obstacle } from "./types";

type Appointment = NonNullable<NotificationRow["appointment"]>;
type Judged = Pick<NotificationRow, "kind" | "sequence" | "createdAt"> & {
  patient: Pick<NonNullable<NotificationRow["patient"]>, "email"> | null;
  user: Pick<
    NonNullable<NotificationRow["user"]>,
    "id" | "email" | "passwordHash" | "enteredAt" | "disabledAt"
  > | null;
  appointment:
    | (Pick<Appointment, "status" | "sequence" | "startAt" | "endAt"> & {
        practitioner: { userId: string };
        encounter: { status: string } | null;
        waitlistOffer: Appointment["waitlistOffer"];
      })
    | null;
  waitlistEntry: { status: string } | null;
  thirdPerson: { email: string | null; status: string } | null;
  signInRequest?: { email: string; createdAt: Date; usedAt: Date | null } | null;
  emailChange?: { expiresAt: Date; usedAt: Date | null } | null;
  dataExport?: { expiresAt: Date | null } | null;
  erasure?: { contact: { email: string } | undefined } | null;
  conversation: { lastSequence: number; readers: readonly { side: string; readSequence: number }[] } | null;
};

/** Why a mail should not go out any more, or nothing. It may have waited for days. */
export function obstacleTo(row: Judged, now: Temporal.Instant): Obstacle | undefined {
  if (row.user?.disabledAt) return "disabled";
  const recipient = row.patient ?? row.user ?? row.thirdPerson ?? row.signInRequest ?? row.erasure?.contact;
  if (!recipient?.email) return "no_address";
  switch (row.kind) {
    case "invitation":
      return row.user?.passwordHash || row.user?.enteredAt ? "superseded" : undefined;
    case "password_reset":
      return isPast(toDate(toInstant(row.createdAt).add({ hours: RESET_WAITS_HOURS })), now)
        ? "too_late"
        : undefined;
    case "visit_list":
    case "sign_in_changed":
    case "email_changed":
    case "account_changed":
    case "erasure_requested":
    case "erasure_done":
    case "erasure_refused":
    case "emergency_access":
      return undefined;
    case "sign_in_link":
    case "registration_link":
      return obstacleToLink(
        row.signInRequest && { ...row.signInRequest, expiresAt: endOf(row.signInRequest) },
        now,
      );
    case "email_change_link":
      return obstacleToLink(row.emailChange, now);
    case "export_ready":
      return obstacleToLink(
        row.dataExport?.expiresAt && { expiresAt: row.dataExport.expiresAt, usedAt: null },
        now,
      );
    case "waitlist_joined":
      return row.waitlistEntry?.status === "waiting" ? undefined : "superseded";
    case "messages_unread":
      return hasUnread(row) ? undefined : "superseded";
    case "third_person_invited":
      return row.thirdPerson?.status === "revoked" ? "superseded" : obstacleToVisit(row, now);
    default:
      return obstacleToVisit(row, now);
  }
}

/** Until when a request for a link waits for its mail: the link's own time begins when it is sent. */
const endOf = ({ createdAt }: { createdAt: Date }): Date =>
  toDate(toInstant(createdAt).add({ minutes: SIGN_IN_REQUEST_MINUTES }));

/** The same for a link that works once, until its time is over. */
function obstacleToLink(
  asked: { expiresAt: Date; usedAt: Date | null } | null | undefined,
  now: Temporal.Instant,
): Obstacle | undefined {
  if (!asked || asked.usedAt) return "superseded";
  return isPast(asked.expiresAt, now) ? "too_late" : undefined;
}

/** Whether the one whom a notice goes to has still not read everything. */
function hasUnread({ conversation, patient }: Judged): boolean {
  if (!conversation) return false;
  const side = patient ? "patient" : "practitioner";
  const read = conversation.readers.find((reader) => reader.side === side)?.readSequence ?? 0;
  return read < conversation.lastSequence;
}

const isPast = (at: Date, now: Temporal.Instant) => Temporal.Instant.compare(toInstant(at), now) <= 0;

/** The same for what is said of one visit: as it was arranged then, and while it is still to come. */
function obstacleToVisit(row: Judged, now: Temporal.Instant): Obstacle | undefined {
  const { appointment, kind } = row;
  if (!appointment || appointment.sequence !== row.sequence) return "superseded";
  if (!statusesFor(row).includes(appointment.status)) return "superseded";
  if (AFTERWARDS.includes(kind)) return undefined;
  if (isPast(appointment.endAt, now)) return "too_late";
  if (kind === "waitlist_offer") {
    const { waitlistOffer } = appointment;
    if (waitlistOffer?.status !== "open") return "superseded";
    return isPast(waitlistOffer.expiresAt, now) ? "too_late" : undefined;
  }
  if (kind === "appointment_reminder") {
    if (appointment.encounter?.status === "in_progress") return "superseded";
    return isPast(appointment.startAt, now) ? "too_late" : undefined;
  }
  return undefined;
}

/** What is said once a visit's time is over, and stays true. */
const AFTERWARDS: readonly NotificationRow["kind"][] = [
  "summary_ready",
  "noshow_patient",
  "noshow_practitioner",
];

const STILL_TO_COME: readonly string[] = ["booked", "arrived"];

/** In which statuses a visit must be for a mail about it to be true. */
function statusesFor({ kind, user, appointment }: Judged): readonly string[] {
  if (kind === "waitlist_offer") return ["pending"];
  if (kind === "summary_ready") return ["arrived", "fulfilled"];
  if (kind === "noshow_patient" || kind === "noshow_practitioner") return ["noshow"];
  if (kind !== "appointment_cancelled") return STILL_TO_COME;
  // A practitioner whose visit went to a colleague: for them it is cancelled, for everybody else it is still to come.
  const wentToColleague = user !== null && appointment?.practitioner.userId !== user.id;
  return wentToColleague ? ["cancelled", ...STILL_TO_COME] : ["cancelled"];
}

/** True when a mail has been tried for so long that somebody should look at it. */
export const shouldGiveUp = (
  { createdAt }: Pick<NotificationRow, "createdAt">,
  now: Temporal.Instant,
): boolean => Temporal.Instant.compare(toInstant(createdAt).add({ hours: GIVE_UP_AFTER_HOURS }), now) <= 0;
