import { Temporal } from "temporal-polyfill";
import { ownPatientScope } from "@/lib/access/rules";
import type { UserActor } from "@/lib/access/types";
import { isId } from "@/lib/core/ids";
import type { Db } from "@/lib/db/client";
import type { AuditEvent, Prisma } from "@/lib/db/generated/client";
import { toDate } from "@/lib/time/instant";
import { EXPORT_BATCH, RECORD_EVENTS } from "./constants";

/** The people for whom somebody speaks: themselves as a patient, and those without an account. */
const listSpokenFor = (db: Db, actor: UserActor) =>
  db.patient.findMany({
    where: ownPatientScope(actor),
    select: { pseudonym: true, name: true, userId: true },
  });

/** Where a page ended: the last event's moment and id. */
export type TrailCursor = { occurredAt: Date; id: string };

/** A cursor as a page's address has it. */
export const writeCursor = ({ occurredAt, id }: TrailCursor): string => `${occurredAt.getTime()}_${id}`;

export function readCursor(text: string | undefined): TrailCursor | undefined {
  const [, at = "", id = ""] = /^(\d{1,15})_([0-9a-f-]{36})$/.exec(text ?? "") ?? [];
  return isId(id)
    ? { occurredAt: toDate(Temporal.Instant.fromEpochMilliseconds(Number(at))), id }
    : undefined;
}

const olderThan = ({ occurredAt, id }: TrailCursor): Prisma.AuditEventWhereInput => ({
  OR: [{ occurredAt: { lt: occurredAt } }, { occurredAt, id: { lt: id } }],
});

/** The last first. */
const ORDER = [
  { occurredAt: "desc" },
  { id: "desc" },
] as const satisfies Prisma.AuditEventFindManyArgs["orderBy"];

/**
 * What others, and the portal itself, did with the records of the people for whom somebody speaks; what those people did themselves is
 * left out.
 */
export async function findRecordHistory(
  db: Db,
  actor: UserActor,
  after: TrailCursor | undefined,
  take: number,
): Promise<{ patients: Awaited<ReturnType<typeof listSpokenFor>>; events: AuditEvent[] }> {
  const patients = await listSpokenFor(db, actor);
  const own = [actor.pseudonym, ...patients.map(({ pseudonym }) => pseudonym)];
  const events = await db.auditEvent.findMany({
    where: {
      subjectPseudonym: { in: own },
      action: { in: Object.keys(RECORD_EVENTS) },
      outcome: "success",
      AND: [
        { OR: [{ actorPseudonym: null }, { actorPseudonym: { notIn: own } }] },
        // A session that runs out, or is ended by its own account, is nobody else's deed.
        { NOT: { action: "session.ended", actorKind: { not: "user" } } },
        ...(after ? [olderThan(after)] : []),
      ],
    },
    orderBy: [...ORDER],
    take,
  });
  return { patients, events };
}

/** What an administrator looks for. */
export type TrailFilter = {
  from: Temporal.Instant | undefined;
  to: Temporal.Instant | undefined;
  action: string | undefined;
  outcome: string | undefined;
  /** Who did it, or whose record it was. */
  person: string | undefined;
};

const filterOf = ({ from, to, action, outcome, person }: TrailFilter): Prisma.AuditEventWhereInput => ({
  ...(from || to
    ? { occurredAt: { ...(from ? { gte: toDate(from) } : {}), ...(to ? { lt: toDate(to) } : {}) } }
    : {}),
  ...(action ? { action } : {}),
  ...(outcome ? { outcome } : {}),
  ...(person ? { OR: [{ actorPseudonym: person }, { subjectPseudonym: person }] } : {}),
});

/** The trail of the whole clinic, unscoped since it is for administrators alone: it says who and when, and nothing of what was read. */
export const unsafeListTrail = (
  db: Db,
  filter: TrailFilter,
  after: TrailCursor | undefined,
  take: number,
): Promise<AuditEvent[]> =>
  db.auditEvent.findMany({
    where: { AND: [filterOf(filter), ...(after ? [olderThan(after)] : [])] },
    orderBy: [...ORDER],
    take,
  });

/** All of it, in batches. */
export async function* unsafeReadTrail(db: Db, filter: TrailFilter): AsyncGenerator<AuditEvent> {
  let after: TrailCursor | undefined;
  for (;;) {
    const rows = await unsafeListTrail(db, filter, after, EXPORT_BATCH);
    yield* rows;
    const last = rows.at(-1);
    if (!last || rows.length < EXPORT_BATCH) return;
    after = last;
  }
}

/** The names behind pseudonyms, as far as they are still known. Unscoped, for those that the reader has found in a trail of theirs. */
export async function unsafeFindNames(
  db: Db,
  pseudonyms: Iterable<string | null>,
): Promise<Map<string, string>> {
  const wanted = [...new Set(pseudonyms)].filter((pseudonym) => pseudonym !== null);
  const where = { pseudonym: { in: wanted } };
  const [users, patients] = await Promise.all([
    db.user.findMany({
      where,
      select: { pseudonym: true, name: true, practitioner: { select: { displayName: true } } },
    }),
    db.patient.findMany({ where, select: { pseudonym: true, name: true } }),
  ]);
  return new Map([
    ...users.map(
      ({ pseudonym, name, practitioner }) => [pseudonym, practitioner?.displayName ?? name] as const,
    ),
    ...patients.map(({ pseudonym, name }) => [pseudonym, name] as const),
  ]);
}

/** The pseudonym of whoever has this address: an account, else a patient without one. Unscoped, for administrators alone. */
export async function unsafeFindPseudonym(db: Db, email: string): Promise<string | undefined> {
  const user = await db.user.findUnique({ where: { email }, select: { pseudonym: true, patient: true } });
  // Of somebody who is a patient too, what is asked is who looked into the record.
  if (user) return user.patient?.pseudonym ?? user.pseudonym;
  const patient = await db.patient.findFirst({
    where: { email },
    orderBy: { createdAt: "desc" },
    select: { pseudonym: true },
  });
  return patient?.pseudonym;
}
