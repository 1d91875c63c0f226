import type { Temporal } from "temporal-polyfill";
import { auditActor } from "@/lib/access/rules";
import type { Actor, UserActor } from "@/lib/access/types";
import { recordAudit } from "@/lib/audit/mutations";
import type { WaitingRefusal } from "@/lib/auth/pipeline";
import { env } from "@/lib/core/env";
import { newId, newToken } from "@/lib/core/ids";
import { logger } from "@/lib/core/logger";
import { ok, type Result, refuse } from "@/lib/core/result";
import { db } from "@/lib/db/client";
import { transaction } from "@/lib/db/transaction";
import { fetchFile, removeFile, storeFile } from "@/lib/files/store";
import { DEFAULT_LOCALE, isLocale } from "@/lib/i18n/locales";
import { enqueue } from "@/lib/jobs/send";
import { queueNotification } from "@/lib/notifications/mutations";
import { countAttempt } from "@/lib/security/rate-limit";
import { sealBytes, unsealBytes } from "@/lib/security/seal";
import { toDate } from "@/lib/time/instant";
import { EXPORT_HOURS, EXPORT_LIMIT, EXPORT_MAKING_HOURS, exportPlace } from "../constants";
import { findFetchable } from "../data/exports";
import { openFiles } from "../data/open-files";
import { readSections, unsafeFindPerson } from "../data/sections";
import { listFiles } from "../data/talk";
import { packArchive } from "../format/archive";

/**
 * Asks for everything that is kept about somebody. What was made for them before goes; what is being made, goes on.
 *
 * @returns the export's id; or `already_asked`, or `too_many_attempts` with the seconds to wait
 */
export async function requestExport(
  actor: UserActor,
  now: Temporal.Instant,
): Promise<Result<{ exportId: string }, "already_asked"> | WaitingRefusal<"too_many_attempts">> {
  const { userId } = actor;
  const retryAfterSeconds = await countAttempt("data-export", userId, EXPORT_LIMIT, now);
  if (retryAfterSeconds !== undefined) return { ...refuse("too_many_attempts"), retryAfterSeconds };
  return transaction(
    async (tx) => {
      const givenUp = toDate(now.subtract({ hours: EXPORT_MAKING_HOURS }));
      await tx.dataExport.deleteMany({
        where: { userId, OR: [{ readyAt: { not: null } }, { createdAt: { lt: givenUp } }] },
      });
      const exportId = newId();
      await tx.dataExport.create({
        data: { id: exportId, userId, storageKey: newToken(), createdAt: toDate(now) },
      });
      await enqueue(tx, "export.requested", { exportId });
      await recordAudit(
        tx,
        {
          action: "data_export.requested",
          details: {},
          actor: auditActor(actor),
          outcome: "success",
          subject: actor.pseudonym,
          entity: { type: "data_export", id: exportId },
        },
        now,
      );
      return ok({ exportId });
    },
    { data_export_user_id_key: "already_asked" },
  );
}

/**
 * Makes an export that was asked for, keeps it sealed, and queues the mail. Safe to repeat: a worker that died leaves bytes under the
 * same key, and one whose row has gone meanwhile leaves none.
 */
export async function makeExport(exportId: string, now: Temporal.Instant): Promise<void> {
  const asked = await db().dataExport.findUnique({ where: { id: exportId } });
  if (!asked || asked.readyAt) return;
  const { userId, storageKey } = asked;
  const { CLINIC_NAME, CLINIC_TIME_ZONE } = env();
  const person = await unsafeFindPerson(db(), userId, CLINIC_TIME_ZONE);
  if (!person) return;
  const { files, tooLarge } = await openFiles(await listFiles(db(), person));
  const archive = await packArchive({
    clinicName: CLINIC_NAME,
    locale: isLocale(person.locale) ? person.locale : DEFAULT_LOCALE,
    person,
    of: "owner",
    sections: await readSections(db(), person),
    files,
    tooLarge,
    now,
  });
  const { keyId, sealed } = sealBytes(archive, exportPlace(exportId));
  await storeFile(storageKey, sealed);
  const settled = await transaction(async (tx) => {
    const { count } = await tx.dataExport.updateMany({
      where: { id: exportId, readyAt: null },
      data: {
        contentKeyId: keyId,
        readyAt: toDate(now),
        expiresAt: toDate(now.add({ hours: EXPORT_HOURS })),
      },
    });
    if (count === 0) return refuse("not_found");
    await queueNotification(tx, { kind: "export_ready", userId, dataExportId: exportId, now });
    return ok();
  });
  if (!settled.ok && (await db().dataExport.count({ where: { id: exportId } })) === 0)
    await removeFile(storageKey);
}

/**
 * Hands an export over, to its owner alone and once: the row goes in the transaction that records it, and the bytes after it. An
 * answer that is cut off on its way is not made good; another export can be asked for.
 */
export async function fetchExport(
  actor: Actor,
  token: string,
  now: Temporal.Instant,
): Promise<Result<Buffer<ArrayBuffer>, "not_found">> {
  if (actor.kind !== "user") return refuse("not_found");
  const found = await findFetchable(db(), actor, token, now);
  if (!found?.contentKeyId) return refuse("not_found");
  // Before the row goes: afterwards the sweep may have taken them.
  const sealed = await fetchFile(found.storageKey);
  if (!sealed) {
    logger().error({ exportId: found.id }, "privacy: an export's bytes are not where they should be");
    return refuse("not_found");
  }
  const bytes = unsealBytes({ keyId: found.contentKeyId, sealed }, exportPlace(found.id));
  const handed = await transaction(async (tx) => {
    const { count } = await tx.dataExport.deleteMany({ where: { id: found.id, tokenHash: found.tokenHash } });
    if (count === 0) return refuse("not_found");
    await recordAudit(
      tx,
      {
        action: "data.exported",
        details: {},
        actor: auditActor(actor),
        outcome: "success",
        subject: found.user.pseudonym,
        entity: { type: "data_export", id: found.id },
      },
      now,
    );
    return ok();
  });
  return handed.ok ? ok(bytes) : handed;
}

/** Ends exports whose time is over, and those that nobody could make. Their bytes go with what else is removed. */
export async function endExports(now: Temporal.Instant): Promise<void> {
  const givenUp = toDate(now.subtract({ hours: EXPORT_MAKING_HOURS }));
  await db().dataExport.deleteMany({
    where: { OR: [{ expiresAt: { lte: toDate(now) } }, { readyAt: null, createdAt: { lt: givenUp } }] },
  });
}
