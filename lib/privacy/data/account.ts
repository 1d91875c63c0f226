import type { Db } from "@/lib/db/client";
import { emergencyPlace } from "@/lib/emergency/constants";
import { openText } from "../format/opened";
import type { Entry, Person } from "../types";

/** The account: with what somebody signs in. */
export async function readAccount(db: Db, { userId }: Person): Promise<Entry[]> {
  const user = await db.user.findUniqueOrThrow({ where: { id: userId } });
  return [
    {
      resource: {
        resourceType: "Person",
        id: user.id,
        name: [{ text: user.name }],
        telecom: [{ system: "email", value: user.email }],
        language: user.locale,
        timeZone: user.timeZone,
        roles: user.roles,
        emailVerifiedAt: user.emailVerifiedAt,
        createdAt: user.createdAt,
      },
      lines: [
        ["name", user.name],
        ["email", user.email],
        ["language", user.locale],
        ["timeZone", user.timeZone],
        ["since", user.createdAt],
      ],
    },
  ];
}

/** Who receives care: the account's owner, and those for whom they speak. */
export async function readPatients(db: Db, { patientIds }: Person): Promise<Entry[]> {
  const patients = await db.patient.findMany({
    where: { id: { in: [...patientIds] } },
    orderBy: { id: "asc" },
  });
  return patients.map((patient) => ({
    resource: {
      resourceType: "Patient",
      id: patient.id,
      name: [{ text: patient.name }],
      telecom: [
        ...(patient.email ? [{ system: "email", value: patient.email }] : []),
        ...(patient.phone ? [{ system: "phone", value: patient.phone }] : []),
      ],
      contact: patient.contactName ? [{ name: { text: patient.contactName } }] : [],
      communication: [{ language: patient.locale, preferred: true }],
      timeZone: patient.timeZone,
      createdAt: patient.createdAt,
    },
    lines: [
      ["name", patient.name],
      ["contact", patient.contactName],
      ["email", patient.email],
      ["phone", patient.phone],
      ["language", patient.locale],
      ["timeZone", patient.timeZone],
      ["since", patient.createdAt],
    ],
  }));
}

/** Where the account is signed in, or was. */
export async function readSessions(db: Db, { userId }: Person): Promise<Entry[]> {
  const sessions = await db.session.findMany({ where: { userId }, orderBy: { createdAt: "asc" } });
  return sessions.map(({ id, userAgent, createdAt, lastSeenAt, expiresAt, revokedAt }) => ({
    resource: {
      resourceType: "Basic",
      code: "session",
      id,
      userAgent,
      createdAt,
      lastSeenAt,
      expiresAt,
      revokedAt,
    },
    lines: [
      ["device", userAgent],
      ["started", createdAt],
      ["lastUsed", lastSeenAt],
    ],
  }));
}

/** Which mails were sent, and when. What they said is kept nowhere. */
export async function readMails(db: Db, { userId, patientIds }: Person): Promise<Entry[]> {
  const mails = await db.notification.findMany({
    where: { OR: [{ userId }, { patientId: { in: [...patientIds] } }] },
    orderBy: { createdAt: "asc" },
  });
  return mails.map(({ id, kind, status, appointmentId, createdAt, sentAt }) => ({
    resource: {
      resourceType: "Communication",
      id,
      medium: "email",
      topic: kind,
      status,
      sent: sentAt,
      about: appointmentId && [{ reference: `Appointment/${appointmentId}` }],
      createdAt,
    },
    lines: [
      ["kind", kind],
      ["sent", sentAt],
    ],
  }));
}

/** Who did what with the record or the account: the portal, somebody of the clinic, or the person themselves. */
export async function readTrail(db: Db, { pseudonyms }: Person): Promise<Entry[]> {
  const events = await db.auditEvent.findMany({
    where: { subjectPseudonym: { in: [...pseudonyms] } },
    orderBy: [{ occurredAt: "asc" }, { id: "asc" }],
  });
  return events.map((event) => {
    const isOwn = event.actorPseudonym !== null && pseudonyms.includes(event.actorPseudonym);
    return {
      resource: {
        resourceType: "AuditEvent",
        id: event.id,
        recorded: event.occurredAt,
        action: event.action,
        outcome: event.outcome,
        agent: isOwn ? "self" : event.actorKind,
        entity: event.entityType && `${event.entityType}/${event.entityId}`,
        // From where somebody else came is about them.
        network: isOwn ? event.address : undefined,
      },
      lines: [
        ["when", event.occurredAt],
        ["action", event.action],
        ["outcome", event.outcome],
        ["by", isOwn ? "self" : event.actorKind],
      ],
    };
  });
}

/** When a record was opened by break-glass, by whom and why. */
export async function readEmergencyAccesses(db: Db, { patientIds }: Person): Promise<Entry[]> {
  const accesses = await db.emergencyAccess.findMany({
    where: { patients: { some: { patientId: { in: [...patientIds] } } } },
    include: { practitioner: { select: { displayName: true } } },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
  });
  return accesses.map(
    ({ id, practitioner, reason, textSealed, textKeyId, createdAt, expiresAt, endedAt }) => {
      const text = openText(textSealed, textKeyId, emergencyPlace(id));
      return {
        resource: {
          resourceType: "Basic",
          code: "break-glass",
          id,
          author: practitioner.displayName,
          reason,
          text,
          period: { start: createdAt, end: endedAt ?? expiresAt },
        },
        lines: [
          ["when", createdAt],
          ["practitioner", practitioner.displayName],
          ["text", text],
          ["ended", endedAt ?? expiresAt],
        ],
      };
    },
  );
}
