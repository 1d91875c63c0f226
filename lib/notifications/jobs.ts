import type { Temporal } from "temporal-polyfill";
import { systemNow } from "@/lib/core/clock";
import { env } from "@/lib/core/env";
import { logger } from "@/lib/core/logger";
import { db } from "@/lib/db/client";
import type { Handler } from "@/lib/jobs/work";
import { mailSender } from "@/lib/mail/sender";
import { sendMail } from "@/lib/mail/transport";
import {
  mintEmailChangeToken,
  mintExportToken,
  mintInvitationLink,
  mintPasswordResetLink,
  mintSignInToken,
  mintThirdPersonLink,
  mintVisitLink,
  mintWaitlistLink,
  revokeLink,
} from "@/lib/security/access-link";
import { toInstant } from "@/lib/time/instant";
import { dateIn } from "@/lib/time/zones";
import {
  type AppointmentRow,
  type ConversationRow,
  findDelayMinutes,
  type NotificationRow,
  unsafeFindLastVisit,
  unsafeIsQueued,
  unsafeListUpcoming,
  unsafeLoadNotification,
  unsafeWasToldLate,
} from "./data";
import { type Clinic, formatMail } from "./format";
import { claimNotification, releaseClaim, settleFailed, settleSent } from "./mutations";
import { obstacleTo, shouldGiveUp } from "./rules";

/** A mail is settled, or this is thrown and the queue tries again. */
class TryAgain extends Error {}

/**
 * Sends one mail of the outbox, and settles it. Of several workers one sends; one that dies after the server has taken the mail and
 * before it is settled leaves it to be sent once more under the same Message-ID.
 */
export const sendNotification: Handler<"notification.send"> = ({ notificationId }) =>
  deliver(notificationId, systemNow());

async function deliver(notificationId: string, now: Temporal.Instant): Promise<void> {
  const claim = await claimNotification(notificationId);
  if (!claim) {
    // Another worker has it and may yet die of it.
    if (await unsafeIsQueued(db(), notificationId)) throw new TryAgain("mail: another worker has it");
    return;
  }
  const row = await unsafeLoadNotification(db(), notificationId);
  if (!row) return;
  const obstacle = obstacleTo(row, now);
  if (obstacle) {
    logger().info({ notificationId, kind: row.kind, obstacle }, "notifications: not sent");
    return settleFailed(claim, obstacle);
  }

  const clinic = clinicOf();
  const lateMinutes = await readDelay(row);
  if (row.kind === "running_late" && lateMinutes === 0 && !(await unsafeWasToldLate(db(), row)))
    return settleFailed(claim, "superseded");
  const { url, tokens, listed } = await makeLinks(row, clinic, now);
  if (listed?.length === 0) {
    logger().info({ notificationId, kind: row.kind }, "notifications: not sent, there is no visit to list");
    return settleFailed(claim, "superseded");
  }
  const sent = await sendMail(await formatMail(row, { clinic, url, listed, lateMinutes, now }));
  if (sent.ok) return settleSent(claim, systemNow());

  const { kind: failure, retry } = sent.error;
  // A link that has reached nobody shall open nothing. After `interrupted` somebody may have it.
  if (failure !== "interrupted") for (const token of tokens) await revokeLink(db(), token, now);
  if (retry === "never" || shouldGiveUp(row, now)) {
    logger().error({ notificationId, kind: row.kind, failure }, "notifications: given up");
    return settleFailed(claim, failure);
  }
  await releaseClaim(claim, failure);
  throw new TryAgain(`mail: ${failure}`);
}

/** What the practitioner says now of the visit's day; it may have changed since the mail was queued. */
async function readDelay({ kind, appointment }: NotificationRow): Promise<number> {
  if (kind !== "running_late" || !appointment) return 0;
  const date = dateIn(toInstant(appointment.startAt), appointment.practitioner.timeZone);
  return findDelayMinutes(db(), { practitionerId: appointment.practitionerId, date });
}

type Links = {
  url: string;
  /** What was made for this mail alone. */
  tokens: readonly string[];
  listed?: { appointment: AppointmentRow; url: string }[];
};

/** Where administrators see who opened which record, and when. */
const EMERGENCIES = "/admin/audit?action=emergency_access.granted";

const VISIT_LINKS: readonly NotificationRow["kind"][] = [
  "booking_confirmed",
  "appointment_moved",
  "appointment_reminder",
  "running_late",
  "summary_ready",
  "noshow_patient",
  "noshow_practitioner",
];

/** The ways into the portal that the mail carries; a personal one is made for this mail alone. */
async function makeLinks(row: NotificationRow, { portalUrl }: Clinic, now: Temporal.Instant): Promise<Links> {
  const { kind, appointment, patient, user, waitlistEntry, thirdPerson, conversation } = row;
  const { signInRequest, emailChange, dataExport } = row;
  const personal = (path: string, token: string) => ({
    url: `${portalUrl}/${path}/${token}`,
    tokens: [token],
  });
  if (kind === "invitation" && user)
    return personal("invitation", await mintInvitationLink(db(), user.id, now));
  if (kind === "password_reset" && user)
    return personal("new-password", await mintPasswordResetLink(db(), user.id, now));
  if (kind === "sign_in_changed" || kind === "email_changed" || kind === "account_changed")
    return { url: `${portalUrl}/account`, tokens: [] };
  if (kind === "erasure_requested") return { url: `${portalUrl}/admin/erasures`, tokens: [] };
  if (kind === "erasure_refused") return { url: `${portalUrl}/${user ? "account/erasure" : ""}`, tokens: [] };
  if (kind === "emergency_access")
    return { url: `${portalUrl}${patient ? "/account/access" : EMERGENCIES}`, tokens: [] };
  if (signInRequest) return personal("sign-in/link", await mintSignInToken(db(), signInRequest.id, now));
  if (emailChange) return personal("account/email", await mintEmailChangeToken(db(), emailChange.id));
  if (dataExport) return personal("account/data", await mintExportToken(db(), dataExport.id));
  if (kind === "visit_list" && patient?.email) return listVisits(patient.email, portalUrl, now);
  if (conversation) return linkConversation(conversation, patient, portalUrl, now);
  if (thirdPerson) return personal("t", await mintThirdPersonLink(db(), thirdPerson.id, now));
  if (waitlistEntry) return personal("w", await mintWaitlistLink(db(), waitlistEntry.id, now));
  if (patient && appointment && VISIT_LINKS.includes(kind))
    return personal("v", await mintVisitLink(db(), appointment.id, now));
  // To a patient about a cancelled visit: where another one is booked. To a practitioner who has lost one: the agenda as it is.
  if (patient || !appointment) return { url: `${portalUrl}/`, tokens: [] };
  const isTheirs = appointment.practitioner.userId === user?.id;
  return { url: isTheirs ? `${portalUrl}/agenda/${appointment.id}` : `${portalUrl}/agenda`, tokens: [] };
}

/** Where messages are read: behind the sign-in, or under a visit's personal link for a patient without an account. */
async function linkConversation(
  conversation: ConversationRow,
  patient: NotificationRow["patient"],
  portalUrl: string,
  now: Temporal.Instant,
): Promise<Links> {
  const { id } = conversation;
  if (!patient) return { url: `${portalUrl}/inbox/${id}`, tokens: [] };
  const visit = patient.userId === null ? await unsafeFindLastVisit(db(), conversation) : null;
  if (!visit) return { url: `${portalUrl}/messages/${id}`, tokens: [] };
  const token = await mintVisitLink(db(), visit.id, now);
  return { url: `${portalUrl}/v/${token}/messages`, tokens: [token] };
}

/** A link for every visit to come that an address has. */
async function listVisits(email: string, portalUrl: string, now: Temporal.Instant): Promise<Links> {
  const listed: NonNullable<Links["listed"]> = [];
  const tokens: string[] = [];
  for (const appointment of await unsafeListUpcoming(db(), email, now)) {
    const token = await mintVisitLink(db(), appointment.id, now);
    tokens.push(token);
    listed.push({ appointment, url: `${portalUrl}/v/${token}` });
  }
  return { url: `${portalUrl}/`, tokens, listed };
}

function clinicOf(): Clinic {
  const { CLINIC_NAME, CLINIC_PHONE, CLINIC_TIME_ZONE, PORTAL_URL } = env();
  return {
    name: CLINIC_NAME,
    phone: CLINIC_PHONE,
    timeZone: CLINIC_TIME_ZONE,
    portalUrl: PORTAL_URL,
    sender: mailSender(),
  };
}
