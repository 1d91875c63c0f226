import "server-only";
import type { Temporal } from "temporal-polyfill";
import { auditActor, ownAccountScope } from "@/lib/access/rules";
import type { AccountScope, Actor, UserActor } from "@/lib/access/types";
import { recordOnce } from "@/lib/audit/mutations";
import { findLiveSession } from "@/lib/auth/data";
import { loadActor } from "@/lib/auth/loaders";
import { systemNow } from "@/lib/core/clock";
import { ok } from "@/lib/core/result";
import { db, type Tx } from "@/lib/db/client";
import { transaction } from "@/lib/db/transaction";
import { listPractitioners } from "@/lib/directory/data";
import type { LiveSource } from "@/lib/events/stream";
import { practitionerTopic } from "@/lib/events/topics";
import { localized } from "@/lib/i18n/localized";
import { loadViewer } from "@/lib/i18n/viewer";
import { unseal } from "@/lib/security/seal";
import { formatTime, type Viewer } from "@/lib/time/format";
import { toDate, toInstant } from "@/lib/time/instant";
import { handoverNotePlace } from "../constants";
import type { ColleagueDto, HandoverDto, HandoversDto } from "../types/handover";

const WITH = {
  fromPractitioner: { select: { displayName: true } },
  toPractitioner: { select: { displayName: true } },
  encounter: { include: { appointment: { include: { patient: true, visitType: true } } } },
} as const;

/** An offer that nobody has answered for so long is shown no more: its visit is over. */
const SHOWN_HOURS = 12;

/** What is offered, each with the note that is read with it; that it was read is in the trail, or it is not shown. */
async function listOpen(
  side: "fromPractitioner" | "toPractitioner",
  scope: AccountScope,
  actor: UserActor,
  viewer: Viewer,
  now: Temporal.Instant,
): Promise<HandoverDto[]> {
  const read = await transaction(async (tx) => {
    const offered = await findOpen(tx, side, scope, now);
    // Given to another practitioner meanwhile, it is not for whoever offered it to hand on.
    const rows = offered.filter((row) => row.encounter.appointment.practitionerId === row.fromPractitionerId);
    const readings = rows.map(({ id, encounter }) => ({
      action: "handover.read" as const,
      details: {},
      actor: auditActor(actor),
      outcome: "success" as const,
      subject: encounter.appointment.patient.pseudonym,
      entity: { type: "handover" as const, id },
    }));
    // Whoever offers it has written the note.
    if (side === "toPractitioner") await recordOnce(tx, readings, now);
    return ok(rows);
  });
  return read.ok ? read.value.map((row) => describeOpen(row, viewer)) : [];
}

const findOpen = (
  tx: Tx,
  side: "fromPractitioner" | "toPractitioner",
  scope: AccountScope,
  now: Temporal.Instant,
) =>
  tx.handover.findMany({
    where: {
      [side]: { user: scope },
      status: "offered",
      createdAt: { gt: toDate(now.subtract({ hours: SHOWN_HOURS })) },
      encounter: { status: { in: ["planned", "arrived", "in_progress"] } },
    },
    include: WITH,
    orderBy: { createdAt: "asc" },
  });

const describeOpen = (
  {
    id,
    encounter,
    fromPractitioner,
    toPractitioner,
    noteSealed,
    noteKeyId,
  }: Awaited<ReturnType<typeof findOpen>>[number],
  viewer: Viewer,
): HandoverDto => ({
  handoverId: id,
  appointmentId: encounter.appointmentId,
  patientName: encounter.appointment.patient.name,
  visitType: localized(encounter.appointment.visitType.names, viewer.locale),
  startTime: formatTime(toInstant(encounter.appointment.startAt), viewer),
  fromName: fromPractitioner.displayName,
  toName: toPractitioner.displayName,
  note:
    noteSealed && noteKeyId ? unseal({ keyId: noteKeyId, sealed: noteSealed }, handoverNotePlace(id)) : null,
  isInProgress: encounter.status === "in_progress",
});

/** Visits that colleagues offer to the signed-in practitioner, and the other way round. */
export async function loadHandovers(): Promise<HandoversDto> {
  return readHandovers(await loadActor());
}

async function readHandovers(actor: Actor): Promise<HandoversDto> {
  if (actor.kind !== "user" || !actor.practitionerId) return { offeredToMe: [], offeredByMe: [] };
  const scope = ownAccountScope(actor);
  const [viewer, now] = [await loadViewer(), systemNow()];
  return {
    offeredToMe: await listOpen("toPractitioner", scope, actor, viewer, now),
    offeredByMe: await listOpen("fromPractitioner", scope, actor, viewer, now),
  };
}

/** To whom the signed-in practitioner can hand a visit. */
export async function loadColleagues(): Promise<ColleagueDto[]> {
  const actor = await loadActor();
  const own = actor.kind === "user" ? actor.practitionerId : undefined;
  const { locale } = await loadViewer();
  const all = await listPractitioners(db());
  return all
    .filter(({ id }) => id !== own)
    .map(({ id, displayName, specialty }) => ({
      practitionerId: id,
      name: displayName,
      specialty: localized(specialty.names, locale),
    }));
}

/** `handovers`: what colleagues offer to whoever is signed in, and the other way round. */
export async function resolveHandoversKey(key: string): Promise<LiveSource | undefined> {
  if (key !== "handovers") return undefined;
  const actor = await loadActor();
  if (actor.kind !== "user" || !actor.practitionerId) return undefined;
  return {
    topics: [practitionerTopic(actor.practitionerId)],
    snapshot: async () =>
      (await findLiveSession(db(), actor.sessionId, systemNow())) ? readHandovers(actor) : null,
  };
}
