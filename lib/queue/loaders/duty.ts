import "server-only";
import type { Temporal } from "temporal-polyfill";
import { auditActor, ownAccountScope } from "@/lib/access/rules";
import type { Actor, UserActor } from "@/lib/access/types";
import { recordOnce } from "@/lib/audit/mutations";
import { findLiveSession } from "@/lib/auth/data";
import { loadActor } from "@/lib/auth/loaders";
import { systemNow } from "@/lib/core/clock";
import { ok } from "@/lib/core/result";
import { db } from "@/lib/db/client";
import { transaction } from "@/lib/db/transaction";
import { languageName } from "@/lib/directory/format";
import type { LiveSource } from "@/lib/events/stream";
import { practitionerTopic, queueTopic } from "@/lib/events/topics";
import { localized } from "@/lib/i18n/localized";
import { loadViewer } from "@/lib/i18n/viewer";
import { unseal } from "@/lib/security/seal";
import { toDate, toInstant } from "@/lib/time/instant";
import { queueReasonPlace } from "../constants";
import { priorityReasonOf } from "../data/entry";
import { beatDuty } from "../mutations/duty";
import type { DutyState, OfferDto } from "../types";
import { PageBeat } from "./presence";

const OFF: DutyState = { isOffered: false, onDuty: false, waiting: 0, offer: null };

/** The signed-in practitioner's part of the queue. */
export async function loadDuty(): Promise<DutyState> {
  return readDuty(await loadActor(), systemNow());
}

async function readDuty(actor: Actor, now: Temporal.Instant): Promise<DutyState> {
  if (actor.kind !== "user" || actor.practitionerId === undefined) return OFF;
  const practitioner = await db().practitioner.findFirst({
    where: { id: actor.practitionerId, active: true },
    include: {
      queueDuty: true,
      visitTypes: { where: { visitType: { active: true, offeredNow: true } }, take: 1 },
    },
  });
  if (!practitioner) return OFF;
  const scope = ownAccountScope(actor);
  const { specialtyId, queueDuty, visitTypes } = practitioner;
  return {
    isOffered: visitTypes.length > 0,
    onDuty: queueDuty !== null,
    waiting: await db().queueEntry.count({
      where: { specialty: { id: specialtyId, practitioners: { some: { user: scope } } }, status: "waiting" },
    }),
    offer: await readOffer(actor, now),
  };
}

/** The offer with the patient's reason; that it was read is in the trail, or it is not shown. */
async function readOffer(actor: UserActor, now: Temporal.Instant): Promise<OfferDto | null> {
  const scope = ownAccountScope(actor);
  const read = await transaction(async (tx) => {
    const found = await tx.queueOffer.findFirst({
      where: { practitioner: { user: scope }, status: "open", expiresAt: { gt: toDate(now) } },
      include: { entry: { include: { patient: true, visitType: true } } },
    });
    if (!found) return ok(null);
    const reading = {
      action: "queue.offer_read",
      details: {},
      actor: auditActor(actor),
      outcome: "success",
      subject: found.entry.patient.pseudonym,
      entity: { type: "queue_entry", id: found.entryId },
    } as const;
    await recordOnce(tx, [reading], now);
    return ok(found);
  });
  const offer = read.ok ? read.value : null;
  if (!offer) return null;
  const { entry } = offer;
  const { locale } = await loadViewer();
  return {
    offerId: offer.id,
    patientName: entry.patient.name,
    visitType: localized(entry.visitType.names, locale),
    language: entry.language ? languageName(entry.language, locale) : null,
    reason:
      entry.reasonSealed && entry.reasonKeyId
        ? unseal({ keyId: entry.reasonKeyId, sealed: entry.reasonSealed }, queueReasonPlace(entry.id))
        : null,
    priorityReason: priorityReasonOf(entry),
    waitedMinutes: Math.floor(toInstant(entry.joinedAt).until(now).total("minutes")),
    expiresAt: toInstant(offer.expiresAt).toString(),
  };
}

/** `duty`: the queue of whoever is signed in as a practitioner. Whoever follows it is at their page, and so is offered visits. */
export async function resolveDutyKey(key: string): Promise<LiveSource | undefined> {
  if (key !== "duty") return undefined;
  const actor = await loadActor();
  const practitionerId = actor.kind === "user" ? actor.practitionerId : undefined;
  if (actor.kind !== "user" || !practitionerId) return undefined;
  const practitioner = await db().practitioner.findUnique({ where: { id: practitionerId } });
  if (!practitioner) return undefined;
  const beat = new PageBeat(() => beatDuty(practitionerId, systemNow()));
  return {
    topics: [practitionerTopic(practitionerId), queueTopic(practitioner.specialtyId)],
    snapshot: async () => {
      if (!(await findLiveSession(db(), actor.sessionId, systemNow()))) return null;
      await beat.start();
      return readDuty(actor, systemNow());
    },
    end: () => beat.end(),
  };
}
