import type { Db } from "@/lib/db/client";
import { emergencyPlace } from "@/lib/emergency/constants";
import { erasureReasonPlace } from "@/lib/notifications/constants";
import { unsafeFindNames } from "@/lib/trail/data";
import { describeDetails } from "@/lib/trail/format";
import { openText } from "../format/opened";
import type { Entry, Person } from "../types";

/** The account: with what somebody signs in. Not everybody has one. */
export async function readAccount(db: Db, { userId }: Person): Promise<Entry[]> {
  const users = await db.user.findMany({ where: { id: userId } });
  return users.map((user) => ({
    resource: {
      resourceType: "Person",
      id: user.id,
      name: [{ text: user.name }],
      telecom: [{ system: "email", value: user.email }],
      language: user.locale,
      timeZone: user.timeZone,
      roles: user.roles,
      emailVerifiedAt: user.emailVerifiedAt,
      active: user.disabledAt === null,
      enteredAt: user.enteredAt,
      createdAt: user.createdAt,
    },
    lines: [
      ["name", user.name],
      ["email", user.email],
      ["language", user.locale],
      ["timeZone", user.timeZone],
      ["since", user.createdAt],
    ],
  }));
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
      emailVerifiedAt: patient.emailVerifiedAt,
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
  return sessions.map((session) => ({
    resource: {
      resourceType: "Basic",
      code: "session",
      id: session.id,
      userAgent: session.userAgent,
      createdAt: session.createdAt,
      lastSeenAt: session.lastSeenAt,
      expiresAt: session.expiresAt,
      revokedAt: session.revokedAt,
      mailProvedAt: session.mailProvedAt,
      providerProvedAt: session.providerProvedAt,
    },
    lines: [
      ["device", session.userAgent],
      ["started", session.createdAt],
      ["lastUsed", session.lastSeenAt],
    ],
  }));
}

/** Which mails were sent, and when. What they said is kept nowhere. */
export async function readMails(db: Db, { userId, patientIds }: Person): Promise<Entry[]> {
  const mails = await db.notification.findMany({
    where: { OR: [{ userId }, { patientId: { in: [...patientIds] } }] },
    orderBy: { createdAt: "asc" },
  });
  return mails.map(({ id, kind, status, appointmentId, reminderMinutes, createdAt, sentAt }) => ({
    resource: {
      resourceType: "Communication",
      id,
      medium: "email",
      topic: kind,
      status,
      sent: sentAt,
      reminderMinutes,
      about: appointmentId && [{ reference: `Appointment/${appointmentId}` }],
      createdAt,
    },
    lines: [
      ["kind", kind],
      ["sent", sentAt],
    ],
  }));
}

/**
 * Who did what with the record or the account, by name as far as it is known, as the person's own page says it; and what the person did
 * elsewhere.
 */
export async function readTrail(db: Db, { pseudonyms }: Person): Promise<Entry[]> {
  const own = { in: [...pseudonyms] };
  const events = await db.auditEvent.findMany({
    where: { OR: [{ subjectPseudonym: own }, { actorPseudonym: own }] },
    orderBy: [{ occurredAt: "asc" }, { id: "asc" }],
  });
  const isOneOf = (pseudonym: string | null) => pseudonym !== null && pseudonyms.includes(pseudonym);
  const names = await unsafeFindNames(
    db,
    events.map(({ actorPseudonym }) => actorPseudonym),
  );
  return events.map((event) => {
    const isOwn = isOneOf(event.actorPseudonym);
    const name = isOwn ? undefined : names.get(event.actorPseudonym ?? "");
    // What was done with somebody else's record is about them: that it was done, and no more.
    const isAbout = isOneOf(event.subjectPseudonym);
    return {
      resource: {
        resourceType: "AuditEvent",
        id: event.id,
        recorded: event.occurredAt,
        action: event.action,
        outcome: event.outcome,
        agent: { kind: isOwn ? "self" : event.actorKind, name },
        entity: isAbout && event.entityType ? `${event.entityType}/${event.entityId}` : undefined,
        details: isAbout ? event.details : undefined,
        // From where somebody else came is about them.
        network: isOwn ? event.address : undefined,
      },
      lines: [
        ["when", event.occurredAt],
        ["action", event.action],
        ["facts", isAbout ? describeDetails(event.details) : undefined],
        ["outcome", event.outcome],
        ["by", isOwn ? "self" : (name ?? event.actorKind)],
        ["address", isOwn ? event.address : undefined],
      ],
    };
  });
}

/** What became of it each time that they asked to be erased, and with which words it was refused. */
export async function readErasureRequests(db: Db, { userId, patientIds }: Person): Promise<Entry[]> {
  const requests = await db.erasure.findMany({
    where: { OR: [{ userId }, { patientId: { in: [...patientIds] } }] },
    orderBy: { requestedAt: "asc" },
  });
  return requests.map((request) => {
    const reason = openText(request.reasonSealed, request.reasonKeyId, erasureReasonPlace(request.id));
    return {
      resource: {
        resourceType: "Task",
        code: "erasure",
        id: request.id,
        status: request.status,
        scope: request.scope,
        shown: request.proof,
        authoredOn: request.requestedAt,
        decidedAt: request.decidedAt,
        doneAt: request.doneAt,
        statusReason: reason && { text: reason },
      },
      lines: [
        ["when", request.requestedAt],
        ["status", request.status],
        ["decided", request.decidedAt],
        ["decisionReason", reason],
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
