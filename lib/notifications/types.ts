import type { Temporal } from "temporal-polyfill";
import type { MailErrorKind } from "@/lib/mail/types";

/** What to tell whom. Exactly one recipient; everything about an appointment names it. */
export type NewNotification = { now: Temporal.Instant } & (
  | { kind: "booking_confirmed"; appointmentId: string; patientId: string }
  | { kind: "booking_received"; appointmentId: string; userId: string }
  | ({ kind: "appointment_cancelled"; appointmentId: string } & (
      | { patientId: string; userId?: undefined }
      | { userId: string; patientId?: undefined }
    ))
  | ({ kind: "appointment_moved"; appointmentId: string } & (
      | { patientId: string; userId?: undefined }
      | { userId: string; patientId?: undefined }
    ))
  | { kind: "appointment_reminder"; appointmentId: string; patientId: string; reminderMinutes: number }
  | { kind: "visit_list"; patientId: string }
  | { kind: "waitlist_joined"; waitlistEntryId: string; patientId: string }
  | { kind: "waitlist_offer"; waitlistEntryId: string; appointmentId: string; patientId: string }
  | { kind: "invitation"; userId: string }
  | { kind: "sign_in_changed"; userId: string }
  | { kind: "account_changed"; userId: string }
  | { kind: "password_reset"; userId: string }
  | { kind: "sign_in_link"; userId: string; signInRequestId: string }
  | { kind: "registration_link"; signInRequestId: string }
  | ({ kind: "emergency_access" } & (
      | { patientId: string; userId?: undefined }
      | { userId: string; patientId?: undefined }
    ))
  | { kind: "export_ready"; userId: string; dataExportId: string }
  | { kind: "erasure_requested"; userId: string }
  | ({ kind: "erasure_refused"; erasureId: string } & (
      | { patientId: string; userId?: undefined }
      | { userId: string; patientId?: undefined }
    ))
  | { kind: "erasure_done"; erasureId: string }
  | { kind: "email_change_link" | "email_changed"; userId: string; emailChangeId: string }
  | { kind: "running_late"; appointmentId: string; patientId: string }
  | { kind: "third_person_invited"; appointmentId: string; thirdPersonId: string }
  | ({ kind: "messages_unread"; conversationId: string } & (
      | { patientId: string; userId?: undefined }
      | { userId: string; patientId?: undefined }
    ))
  | { kind: "summary_ready"; appointmentId: string; patientId: string }
  | { kind: "noshow_patient" | "noshow_practitioner"; appointmentId: string; patientId: string }
);

/**
 * Why a mail is not sent, beside what the mail server says.
 *
 * - `superseded`: what it says is no longer so, or no longer needed
 * - `too_late`: the visit is over
 * - `no_address`: the recipient has none
 * - `disabled`: the recipient's account is closed
 */
export type Obstacle = "superseded" | "too_late" | "no_address" | "disabled";

/** What stands in `notification.last_failure`. */
export type NotificationFailure = Obstacle | MailErrorKind;

/** A worker's hold on one mail, see `claimNotification`. */
export type Claim = { notificationId: string; claimedAt: Date };
