import "server-only";
import type { Temporal } from "temporal-polyfill";
import { auditActor } from "@/lib/access/rules";
import type { UserActor } from "@/lib/access/types";
import { recordAudit } from "@/lib/audit/mutations";
import { loadConfirmation, requireRole } from "@/lib/auth/loaders";
import { systemNow } from "@/lib/core/clock";
import { env } from "@/lib/core/env";
import { parseJson } from "@/lib/core/json";
import { ok } from "@/lib/core/result";
import { db, type Tx } from "@/lib/db/client";
import type { AuditEvent } from "@/lib/db/generated/client";
import { transaction } from "@/lib/db/transaction";
import { loadLocale, loadViewer } from "@/lib/i18n/viewer";
import { readSealedCookie } from "@/lib/security/sealed-cookie";
import { describeMoment, formatDate, type Viewer, zonePlace } from "@/lib/time/format";
import { toInstant } from "@/lib/time/instant";
import { parseDate, startOfDay } from "@/lib/time/zones";
import { ACTIONS, EVENTS_PER_PAGE, EXPORT_COOKIE } from "./constants";
import {
  findRecordHistory,
  readCursor,
  type TrailFilter,
  unsafeFindNames,
  unsafeListTrail,
  unsafeReadTrail,
  writeCursor,
} from "./data";
import { csvEvent, csvHeader, describeDetails, describeRecordEvent, toFhir } from "./format";
import { exportedSchema, grantedSchema, trailQuerySchema } from "./schema";
import type { Doer, RecordDay, RecordHistory, RecordLine, TrailPage, TrailQuery } from "./types";

/** What others did with a patient's record, and with the records of those for whom the patient speaks. */
export async function loadRecordHistory(after: string | undefined): Promise<RecordHistory> {
  const { actor } = await requireRole("patient", "/account/access");
  const [viewer, now] = [await loadViewer(), systemNow()];
  const found = await findRecordHistory(db(), actor, readCursor(after), EVENTS_PER_PAGE + 1);
  const { patients, events: rows } = found;
  const events = rows.slice(0, EVENTS_PER_PAGE);
  const names = await unsafeFindNames(
    db(),
    events.map(({ actorPseudonym }) => actorPseudonym),
  );
  const others = patients.some(({ userId }) => userId !== actor.userId);
  const whoseOf = ({ subjectPseudonym }: AuditEvent) =>
    others ? (patients.find(({ pseudonym }) => pseudonym === subjectPseudonym)?.name ?? null) : null;
  const lines = events.map((event) => ({
    day: formatDate(toInstant(event.occurredAt), viewer, now),
    line: describeRecordLine(event, names, whoseOf(event), viewer, now),
  }));
  return {
    days: byDay(lines),
    zone: zonePlace(viewer),
    older: olderOf(rows, events),
  };
}

function describeRecordLine(
  event: AuditEvent,
  names: ReadonlyMap<string, string>,
  whose: string | null,
  viewer: Viewer,
  now: Temporal.Instant,
): RecordLine {
  const what = describeRecordEvent(event);
  return {
    id: event.id,
    at: describeMoment(toInstant(event.occurredAt), viewer, now),
    who: doerOf(event.actorKind, event.actorPseudonym, names),
    what,
    why: what === "emergencyOpened" ? reasonOf(event.details) : null,
    whose,
  };
}

const reasonOf = (details: AuditEvent["details"]) => grantedSchema.safeParse(details).data?.reason ?? null;

function byDay(lines: readonly { day: string; line: RecordLine }[]): RecordDay[] {
  const days = new Map<string, RecordLine[]>();
  for (const { day, line } of lines) days.set(day, [...(days.get(day) ?? []), line]);
  return [...days].map(([date, ofDay]) => ({ date, lines: ofDay }));
}

function doerOf(kind: string, pseudonym: string | null, names: ReadonlyMap<string, string>): Doer {
  if (kind === "system") return { kind: "portal" };
  if (pseudonym === null) return { kind: "anonymous" };
  const name = names.get(pseudonym);
  if (name === undefined) return { kind: "former" };
  return { kind: kind === "link" ? "link" : "person", name };
}

const olderOf = (rows: readonly AuditEvent[], shown: readonly AuditEvent[]): string | null => {
  const last = shown.at(-1);
  return last && rows.length > shown.length ? writeCursor(last) : null;
};

/** A filter as the database takes it: the days on the clinic's clock. */
export function toFilter({ from, to, action, outcome, person }: TrailQuery): TrailFilter {
  const zone = env().CLINIC_TIME_ZONE;
  const [first, last] = [parseDate(from), parseDate(to)];
  return {
    from: first && startOfDay(first, zone),
    to: last && startOfDay(last.add({ days: 1 }), zone),
    action: action || undefined,
    outcome: outcome || undefined,
    person: person || undefined,
  };
}

/** The clinic's trail, a page of it; that it was looked through is in it too. */
export async function loadTrail(
  asked: Partial<Record<keyof TrailQuery, string | undefined>>,
  after: string | undefined,
): Promise<TrailPage> {
  const { actor } = await requireRole("administrator", "/admin/audit");
  const now = systemNow();
  const viewer = { locale: await loadLocale(), timeZone: env().CLINIC_TIME_ZONE };
  const query = trailQuerySchema.parse(asked);
  const read = await transaction(async (tx) => {
    const rows = await unsafeListTrail(tx, toFilter(query), readCursor(after), EVENTS_PER_PAGE + 1);
    await recordSearch(tx, actor, query, now);
    return ok(rows);
  });
  const rows = read.ok ? read.value : [];
  const events = rows.slice(0, EVENTS_PER_PAGE);
  const [names, confirmation] = await Promise.all([
    unsafeFindNames(db(), [
      query.person || null,
      ...events.flatMap(({ actorPseudonym, subjectPseudonym }) => [actorPseudonym, subjectPseudonym]),
    ]),
    loadConfirmation(actor),
  ]);
  return {
    query,
    person: names.get(query.person) ?? null,
    actions: ACTIONS,
    lines: events.map((event) => ({
      id: event.id,
      at: describeMoment(toInstant(event.occurredAt), viewer, now),
      action: event.action,
      outcome: event.outcome,
      who: doerOf(event.actorKind, event.actorPseudonym, names),
      whose: event.subjectPseudonym ? doerOf("user", event.subjectPseudonym, names) : null,
      entityType: event.entityType,
      address: event.address,
      details: describeDetails(event.details),
    })),
    zone: zonePlace(viewer),
    older: olderOf(rows, events),
    confirmation,
  };
}

/** Whoever searches for somebody is in that person's own history. */
const recordSearch = (
  tx: Tx,
  actor: UserActor,
  { person }: TrailQuery,
  now: Temporal.Instant,
): Promise<void> =>
  recordAudit(
    tx,
    {
      action: "audit.searched",
      details: {},
      actor: auditActor(actor),
      outcome: "success",
      subject: person || undefined,
      entity: undefined,
    },
    now,
  );

/** The file that this browser may fetch at present, in parts; none without the form that was filled in for it. */
export async function loadExport(): Promise<
  { format: "csv" | "fhir"; parts: AsyncGenerator<string> } | undefined
> {
  const { actor } = await requireRole("administrator", "/admin/audit");
  const allowed = await readSealedCookie(EXPORT_COOKIE, actor.sessionId, systemNow());
  const asked = exportedSchema.safeParse(parseJson(allowed ?? ""));
  if (!asked.success) return undefined;
  const events = unsafeReadTrail(db(), toFilter(asked.data));
  const { format } = asked.data;
  return { format, parts: format === "csv" ? csvParts(events) : fhirParts(events, env().PORTAL_URL) };
}

async function* csvParts(events: AsyncIterable<AuditEvent>): AsyncGenerator<string> {
  yield csvHeader();
  for await (const event of events) yield csvEvent(event);
}

/** A FHIR Bundle, written as it is read. */
async function* fhirParts(events: AsyncIterable<AuditEvent>, source: string): AsyncGenerator<string> {
  yield '{"resourceType":"Bundle","type":"collection","entry":[';
  let before = "";
  for await (const event of events) {
    yield `${before}${JSON.stringify({ fullUrl: `urn:uuid:${event.id}`, resource: toFhir(event, source) })}`;
    before = ",\n";
  }
  yield "]}\n";
}
