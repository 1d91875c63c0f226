import type { Temporal } from "temporal-polyfill";
import { recordAudit } from "@/lib/audit/mutations";
import { env } from "@/lib/core/env";
import { ok } from "@/lib/core/result";
import { db } from "@/lib/db/client";
import { transaction } from "@/lib/db/transaction";
import type { Locale } from "@/lib/i18n/locales";
import { unsafeKeptPerson, unsafeReadKept } from "../data/kept";
import { openFiles } from "../data/open-files";
import { listFiles } from "../data/talk";
import { packArchive } from "../format/archive";
import type { KeptPatient, RightToKept } from "../types";

/**
 * Everything that is kept of somebody who was erased, as one ZIP like a patient's own copy, for whoever has a right to it. That it was
 * taken out is in the trail before anything is handed over.
 */
export async function handOverKept(
  kept: KeptPatient,
  right: RightToKept,
  locale: Locale,
  now: Temporal.Instant,
): Promise<Uint8Array> {
  const person = unsafeKeptPerson(kept, locale);
  const { files, tooLarge } = await openFiles(await listFiles(db(), person));
  const archive = await packArchive({
    clinicName: env().CLINIC_NAME,
    locale,
    person,
    of: "erased",
    sections: await unsafeReadKept(db(), kept, person),
    files,
    tooLarge,
    now,
  });
  await transaction(async (tx) => {
    await recordAudit(
      tx,
      {
        action: "record.handed_over",
        details: { right },
        actor: { kind: "system" },
        outcome: "success",
        subject: kept.pseudonym,
        entity: { type: "patient", id: kept.patientId },
      },
      now,
    );
    return ok();
  });
  return archive;
}
