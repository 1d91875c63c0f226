import type { Temporal } from "temporal-polyfill";
import { auditActor, practitionerScope } from "@/lib/access/rules";
import type { Actor } from "@/lib/access/types";
import { recordAudit } from "@/lib/audit/mutations";
import { newId } from "@/lib/core/ids";
import { ok, type Result, refuse } from "@/lib/core/result";
import type { VisitNote } from "@/lib/db/generated/client";
import { lockEncounter } from "@/lib/db/locks";
import { transaction } from "@/lib/db/transaction";
import { seal, unseal } from "@/lib/security/seal";
import { isBefore, toDate, toInstant } from "@/lib/time/instant";
import { findVisit } from "@/lib/visits/data/visits";
import { notePlace, SAME_SITTING_SECONDS } from "../constants";
import type { NoteRefusal } from "../types";

/**
 * Saves a visit's note as its next version. Versions of one sitting replace each other, so that every pause in typing leaves none
 * behind; the trail has one entry for a sitting as well.
 *
 * @param version that the writer has seen: of two tabs, or two practitioners, the later one is not overwritten
 * @returns the version saved; the same one, where the same text is saved again
 */
export const saveNote = (
  actor: Actor,
  { appointmentId, version, text }: { appointmentId: string; version: number; text: string },
  now: Temporal.Instant,
): Promise<Result<{ version: number }, NoteRefusal>> =>
  transaction(async (tx) => {
    await lockEncounter(tx, appointmentId);
    const visit = await findVisit(tx, practitionerScope(actor), appointmentId);
    if (!visit) return refuse("not_found");
    const { encounter, practitionerId } = visit;
    const last = await tx.visitNote.findFirst({
      where: { encounterId: encounter.id },
      orderBy: { version: "desc" },
    });
    // Said again by whoever does not know whether it arrived: it is the version that it made.
    if (last && isRepeated(last, { practitionerId, version, text })) return ok({ version: last.version });
    if ((last?.version ?? 0) !== version) return refuse("outdated");
    const isSameSitting =
      last !== null &&
      last.practitionerId === practitionerId &&
      isBefore(now, toInstant(last.createdAt).add({ seconds: SAME_SITTING_SECONDS }));
    if (isSameSitting) await tx.visitNote.delete({ where: { id: last.id } });
    const id = newId();
    const { sealed, keyId } = seal(text, notePlace(id));
    await tx.visitNote.create({
      data: {
        id,
        encounterId: encounter.id,
        practitionerId,
        version: version + 1,
        textSealed: sealed,
        textKeyId: keyId,
        // A sitting lasts from its first word on, or a slow writer would never leave a version behind.
        createdAt: isSameSitting ? last.createdAt : toDate(now),
      },
    });
    if (!isSameSitting)
      await recordAudit(
        tx,
        {
          action: "note.saved",
          details: {},
          actor: auditActor(actor),
          outcome: "success",
          subject: visit.patient.pseudonym,
          entity: { type: "encounter", id: encounter.id },
        },
        now,
      );
    return ok({ version: version + 1 });
  });

const isRepeated = (
  last: VisitNote,
  { practitionerId, version, text }: { practitionerId: string; version: number; text: string },
): boolean =>
  last.version === version + 1 &&
  last.practitionerId === practitionerId &&
  unseal({ keyId: last.textKeyId, sealed: last.textSealed }, notePlace(last.id)) === text;
