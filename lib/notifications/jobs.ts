import type { Temporal } from "temporal-polyfill";
import { recordAudits } from "@/lib/audit/mutations";
import type { AuditEntity, LinkOpens } from "@/lib/audit/types";
import { systemNow } from "@/lib/core/clock";
import { env } from "@/lib/core/env";
import { InvariantError } from "@/lib/core/errors";
import { logger } from "@/lib/core/logger";
import { ok } from "@/lib/core/result";
import { db, type Tx } from "@/lib/db/client";
import { transaction } from "@/lib/db/transaction";
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

/** A personal link that was made for one mail, and what the trail says of it. */
type Minted = { token: string; opens: LinkOpens; subject: string | undefined; entity?: AuditEntity };

/**
 * The ways into the portal that the mail carries; a personal one is made for this mail alone, and that it was made is in the trail, or
 * there is none.
 */
async function makeLinks(row: NotificationRow, clinic: Clinic, now: Temporal.Instant): Promise<Links> {
  const made = await transaction(async (tx) => {
    const { minted, ...links } = await mintLinks(tx, row, clinic, now);
    const by = { action: "link.minted", actor: { kind: "system" }, outcome: "success" } as const;
    const events = minted.map(({ opens, subject, entity }) => ({
      ...by,
      details: { opens },
      subject,
      entity,
    }));
    await recordAudits(tx, events, now);
    return ok({ ...links, tokens: minted.map(({ token }) => token) });
  });
  // Nothing here refuses: whatever goes wrong is thrown.
  if (!made.ok) throw new InvariantError("notifications: links were refused");
  return made.value;
}

type NewLinks = Omit<Links, "tokens"> & { minted: readonly Minted[] };

async function mintLinks(
  tx: Tx,
  row: NotificationRow,
  { portalUrl }: Clinic,
  now: Temporal.Instant,
): Promise<NewLinks> {
  const { kind, appointment, patient, user, waitlistEntry, thirdPerson, conversation } = row;
  const { signInRequest, emailChange, dataExport } = row;
  const subject = patient?.pseudonym ?? user?.pseudonym;
  const personal = (path: string, minted: Minted) => ({
    url: `${portalUrl}/${path}/${minted.token}`,
    minted: [minted],
  });
  const plain = (path: string) => ({ url: `${portalUrl}${path}`, minted: [] });
  if (kind === "invitation" && user) {
    const token = await mintInvitationLink(tx, user.id, now);
    return personal("invitation", { token, opens: "invitation", subject });
  }
  if (kind === "password_reset" && user) {
    const token = await mintPasswordResetLink(tx, user.id, now);
    return personal("new-password", { token, opens: "password_reset", subject });
  }
  if (kind === "sign_in_changed" || kind === "email_changed" || kind === "account_changed")
    return plain("/account");
  if (kind === "erasure_requested") return plain("/admin/erasures");
  if (kind === "erasure_refused") return plain(user ? "/account/erasure" : "/");
  if (kind === "emergency_access") return plain(patient ? "/account/access" : EMERGENCIES);
  if (signInRequest) {
    const token = await mintSignInToken(tx, signInRequest.id, now);
    return personal("sign-in/link", { token, opens: "sign_in", subject: signInRequest.user?.pseudonym });
  }
  if (emailChange) {
    const token = await mintEmailChangeToken(tx, emailChange.id);
    return personal("account/email", { token, opens: "email_change", subject });
  }
  if (dataExport) {
    const token = await mintExportToken(tx, dataExport.id);
    const entity = { type: "data_export", id: dataExport.id } as const;
    return personal("account/data", { token, opens: "data_export", subject, entity });
  }
  if (kind === "visit_list" && patient?.email) return listVisits(tx, patient.email, portalUrl, now);
  if (conversation) return linkConversation(tx, conversation, patient, portalUrl, now);
  if (thirdPerson) {
    const token = await mintThirdPersonLink(tx, thirdPerson.id, now);
    const entity = { type: "third_person", id: thirdPerson.id } as const;
    return personal("t", { token, opens: "third_person", subject: appointment?.patient.pseudonym, entity });
  }
  if (waitlistEntry) {
    const token = await mintWaitlistLink(tx, waitlistEntry.id, now);
    const entity = { type: "waitlist_entry", id: waitlistEntry.id } as const;
    return personal("w", { token, opens: "waitlist_entry", subject, entity });
  }
  if (patient && appointment && VISIT_LINKS.includes(kind))
    return personal("v", await mintVisit(tx, appointment.id, subject, now));
  // To a patient about a cancelled visit: where another one is booked. To a practitioner who has lost one: the agenda as it is.
  if (patient || !appointment) return plain("/");
  const isTheirs = appointment.practitioner.userId === user?.id;
  return plain(isTheirs ? `/agenda/${appointment.id}` : "/agenda");
}

async function mintVisit(
  tx: Tx,
  appointmentId: string,
  subject: string | undefined,
  now: Temporal.Instant,
): Promise<Minted> {
  const token = await mintVisitLink(tx, appointmentId, now);
  return { token, opens: "visit", subject, entity: { type: "appointment", id: appointmentId } };
}

/** Where messages are read: behind the sign-in, or under a visit's personal link for a patient without an account. */
async function linkConversation(
  tx: Tx,
  conversation: ConversationRow,
  patient: NotificationRow["patient"],
  portalUrl: string,
  now: Temporal.Instant,
): Promise<NewLinks> {
  const { id } = conversation;
  if (!patient) return { url: `${portalUrl}/inbox/${id}`, minted: [] };
  const visit = patient.userId === null ? await unsafeFindLastVisit(tx, conversation) : null;
  if (!visit) return { url: `${portalUrl}/messages/${id}`, minted: [] };
  const minted = await mintVisit(tx, visit.id, patient.pseudonym, now);
  return { url: `${portalUrl}/v/${minted.token}/messages`, minted: [minted] };
}

/** A link for every visit to come that an address has. */
async function listVisits(
  tx: Tx,
  email: string,
  portalUrl: string,
  now: Temporal.Instant,
): Promise<NewLinks> {
  const listed: NonNullable<Links["listed"]> = [];
  const minted: Minted[] = [];
  for (const appointment of await unsafeListUpcoming(tx, email, now)) {
    const one = await mintVisit(tx, appointment.id, appointment.patient.pseudonym, now);
    minted.push(one);
    listed.push({ appointment, url: `${portalUrl}/v/${one.token}` });
  }
  return { url: `${portalUrl}/`, minted, listed };
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
