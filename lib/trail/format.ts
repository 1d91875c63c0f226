import { csvLine } from "@/lib/core/csv";
import type { AuditEvent } from "@/lib/db/generated/client";
import { RECORD_EVENTS } from "./constants";
import type { RecordEvent } from "./types";

/*
 * The trail as files. Both name nobody: people stand in them by their pseudonyms, as in the trail itself, so that a file that gets
 * about tells nothing of whom it concerns.
 */

const CSV_COLUMNS = [
  "occurredAt",
  "action",
  "outcome",
  "actorKind",
  "actor",
  "subject",
  "entityType",
  "entity",
  "address",
  "details",
  "chain",
  "sequence",
] as const;

export const csvHeader = (): string => csvLine(CSV_COLUMNS);

/** One event as a line for spreadsheets (RFC 4180); moments in UTC. */
export function csvEvent(event: AuditEvent): string {
  const fields: Record<(typeof CSV_COLUMNS)[number], string> = {
    occurredAt: event.occurredAt.toISOString(),
    action: event.action,
    outcome: event.outcome,
    actorKind: event.actorKind,
    actor: event.actorPseudonym ?? "",
    subject: event.subjectPseudonym ?? "",
    entityType: event.entityType ?? "",
    entity: event.entityId ?? "",
    address: event.address ?? "",
    details: JSON.stringify(event.details),
    chain: String(event.chain),
    sequence: String(event.sequence),
  };
  return csvLine(CSV_COLUMNS.map((column) => fields[column]));
}

/** The facts of an event, one after the other: `by: staff, reassigned: false`. */
export const describeDetails = (details: unknown): string =>
  typeof details === "object" && details !== null
    ? Object.entries(details)
        .map(([name, value]) => `${name}: ${Array.isArray(value) ? value.join(" ") : String(value)}`)
        .join(", ")
    : "";

const DCM = "http://dicom.nema.org/resources/ontology/DCM";
const REST = "http://terminology.hl7.org/CodeSystem/audit-event-type";
/** Ours: what happened, as the trail names it. */
const ACTION_SYSTEM = "urn:telemedicine-portal:audit-action";

/** What was done, in FHIR's five letters: created, read, updated, deleted, executed. */
export function fhirAction(action: string): "C" | "R" | "U" | "D" | "E" {
  const verb = action.slice(action.indexOf(".") + 1);
  if (/^(read|searched|exported|handed_over)$/.test(verb)) return "R";
  if (/^(created|booked|opened|added|joined|attached|invited|offered|saved|given|granted)$/.test(verb))
    return "C";
  if (/^(removed|revoked|discarded|cancelled|swept|cut)$/.test(verb)) return "D";
  if (/(changed|moved|set|renewed|signed|published|reverted|disabled|enabled|decided)$/.test(verb))
    return "U";
  return "E";
}

const isRecordEvent = (action: string): action is keyof typeof RECORD_EVENTS =>
  Object.hasOwn(RECORD_EVENTS, action);

/** What a patient is told that somebody did; of one and the same action, what was seen differs by who saw it. */
export function describeRecordEvent({
  action,
  details,
}: Pick<AuditEvent, "action" | "details">): RecordEvent {
  const facts = (details ?? {}) as Record<string, unknown>;
  // The practitioner's page has the reason and the answers as well; whoever keeps schedules sees the time alone.
  if (action === "appointment.read" && facts.as === "practitioner") return "visitOpened";
  if (action === "encounter.recording_changed" && facts.on === true) return "recordingOn";
  if (action === "record.handed_over" && facts.right === "authority") return "handedToAuthority";
  if (action === "record.handed_over" && facts.right === "claim") return "handedForClaim";
  // The query asks for these alone.
  return isRecordEvent(action) ? RECORD_EVENTS[action] : "visitRead";
}

const typeOf = (action: string) => {
  if (action.startsWith("session.")) return { system: DCM, code: "110114", display: "User Authentication" };
  if (/^(audit\.exported|data\.exported|record\.handed_over)$/.test(action))
    return { system: DCM, code: "110106", display: "Export" };
  if (action === "audit.searched") return { system: DCM, code: "110101", display: "Audit Log Used" };
  if (action.startsWith("user.")) return { system: DCM, code: "110113", display: "Security Alert" };
  return { system: REST, code: "rest", display: "RESTful Operation" };
};

const urn = (id: string) => ({ identifier: { system: "urn:ietf:rfc:3986", value: `urn:uuid:${id}` } });

/**
 * One event as a FHIR R4 AuditEvent.
 *
 * @param source the portal's address, which stands for where it was written
 * @see https://hl7.org/fhir/R4/auditevent.html
 */
export const toFhir = (event: AuditEvent, source: string) => ({
  resourceType: "AuditEvent",
  id: event.id,
  type: typeOf(event.action),
  subtype: [{ system: ACTION_SYSTEM, code: event.action }],
  action: fhirAction(event.action),
  recorded: event.occurredAt.toISOString(),
  // 0 success, 4 minor failure: a refusal is somebody else's, never the portal's.
  outcome: event.outcome === "success" ? "0" : "4",
  agent: [
    {
      who: event.actorPseudonym ? urn(event.actorPseudonym) : { display: event.actorKind },
      requestor: true,
      ...(event.address ? { network: { address: event.address, type: "2" } } : {}),
    },
  ],
  source: { observer: { display: source } },
  entity: [
    ...(event.subjectPseudonym
      ? [
          {
            what: urn(event.subjectPseudonym),
            role: {
              system: "http://terminology.hl7.org/CodeSystem/object-role",
              code: "1",
              display: "Patient",
            },
          },
        ]
      : []),
    {
      ...(event.entityId ? { what: urn(event.entityId) } : {}),
      ...(event.entityType ? { description: event.entityType } : {}),
      detail: [
        ...Object.entries((event.details ?? {}) as Record<string, unknown>).map(([type, value]) => ({
          type,
          valueString: Array.isArray(value) ? value.join(" ") : String(value),
        })),
        { type: "chain", valueString: `${event.chain}/${event.sequence}` },
      ],
    },
  ],
});
