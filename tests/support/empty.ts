import { db } from "@/lib/db/client";

/** Removes every row of the clinic, children first unless they go with their parents; the audit trail stays, since nobody may take from it. */
export async function emptyClinic(): Promise<void> {
  const client = db();
  await client.notification.deleteMany();
  await client.accessLink.deleteMany();
  await client.waitlistEntry.deleteMany();
  await client.conversation.deleteMany();
  await client.queueEntry.deleteMany();
  await client.guest.deleteMany();
  await client.conference.deleteMany();
  await client.slot.deleteMany();
  await client.encounter.deleteMany();
  await client.appointment.deleteMany();
  await client.consentText.deleteMany();
  await client.closure.deleteMany();
  await client.practitionerVisitType.deleteMany();
  await client.availabilityRule.deleteMany();
  await client.practitioner.deleteMany();
  await client.visitType.deleteMany();
  await client.specialty.deleteMany();
  await client.patient.deleteMany();
  await client.session.deleteMany();
  await client.user.deleteMany();
  await client.rateLimit.deleteMany();
  await client.setting.deleteMany();
}
