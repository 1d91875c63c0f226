import type { Temporal } from "temporal-polyfill";
import { systemNow } from "@/lib/core/clock";
import { env } from "@/lib/core/env";
import { logger } from "@/lib/core/logger";
import { db } from "@/lib/db/client";
import type { Handler } from "@/lib/jobs/work";
import { mailSender } from "@/lib/mail/sender";
import { sendMail } from "@/lib/mail/transport";
import { mintInvitationLink, mintVisitLink, revokeLink } from "@/lib/security/access-link";
import { isQueued, loadNotification, type NotificationRow } from "./data";
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
    if (await isQueued(db(), notificationId)) throw new TryAgain("mail: another worker has it");
    return;
  }
  const row = await loadNotification(db(), notificationId);
  if (!row) return;
  const obstacle = obstacleTo(row, now);
  if (obstacle) {
    logger().info({ notificationId, kind: row.kind, obstacle }, "notifications: not sent");
    return settleFailed(claim, obstacle);
  }

  const clinic = clinicOf();
  const link = await makeLink(row, clinic, now);
  const sent = await sendMail(await formatMail(row, { clinic, url: link.url, now }));
  if (sent.ok) return settleSent(claim, systemNow());

  const { kind: failure, retry } = sent.error;
  // A link that has reached nobody shall open nothing. After `interrupted` somebody may have it.
  if (link.token && failure !== "interrupted") await revokeLink(db(), link.token, now);
  if (retry === "never" || shouldGiveUp(row, now)) {
    logger().error({ notificationId, kind: row.kind, failure }, "notifications: given up");
    return settleFailed(claim, failure);
  }
  await releaseClaim(claim, failure);
  throw new TryAgain(`mail: ${failure}`);
}

type Link = { url: string; token?: string };

/** The way into the portal that the mail carries; a personal one is made for this mail alone. */
async function makeLink(row: NotificationRow, { portalUrl }: Clinic, now: Temporal.Instant): Promise<Link> {
  const { kind, appointment, patient, user } = row;
  if (kind === "invitation" && user) {
    const token = await mintInvitationLink(db(), user.id, now);
    return { url: `${portalUrl}/invitation/${token}`, token };
  }
  if (kind === "booking_confirmed" && appointment) {
    const token = await mintVisitLink(db(), appointment.id, now);
    return { url: `${portalUrl}/v/${token}`, token };
  }
  // To a patient about a cancelled visit: where another one is booked.
  if (patient || !appointment) return { url: `${portalUrl}/` };
  return { url: `${portalUrl}/agenda/${appointment.id}` };
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
