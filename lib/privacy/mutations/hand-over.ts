import type { Temporal } from "temporal-polyfill";
import { recordAudit, recordAudits } from "@/lib/audit/mutations";
import { env } from "@/lib/core/env";
import { ok } from "@/lib/core/result";
import { db } from "@/lib/db/client";
import { transaction } from "@/lib/db/transaction";
import type { Locale } from "@/lib/i18n/locales";
import { unsafeKeptPerson, unsafeReadKept } from "../data/kept";
import { openFiles } from "../data/open-files";
import { unsafeReadRecord, unsafeRecordPerson } from "../data/record";
import { listFiles } from "../data/talk";
import { packArchive } from "../format/archive";
import type { CopyOf, FoundPatient, KeptPatient, Person, RightToKept, Section } from "../types";

/** Writes that somebody was looked for, and who came up, before it is said who that is. */
export async function noteLookUp(
  found: readonly Pick<KeptPatient, "pseudonym">[],
  now: Temporal.Instant,
): Promise<void> {
  const by = { actor: { kind: "system" }, outcome: "success", entity: undefined } as const;
  await transaction(async (tx) => {
    const search = {
      ...by,
      action: "patients.searched" as const,
      details: { found: found.length },
      subject: undefined,
    };
    const each = found.map(({ pseudonym }) => ({
      ...by,
      action: "patient.found" as const,
      details: {},
      subject: pseudonym,
    }));
    await recordAudits(tx, [search, ...each], now);
    return ok();
  });
}

type HandedOver = {
  person: Person;
  of: CopyOf;
  sections: readonly Section[];
  /** The pseudonym of whose it is. */
  subject: string;
  right: RightToKept;
  locale: Locale;
};

/** One ZIP like a patient's own copy. That it was taken out is in the trail before anything is handed over. */
async function handOver(
  { person, of, sections, subject, right, locale }: HandedOver,
  now: Temporal.Instant,
): Promise<Uint8Array> {
  const { files, tooLarge } = await openFiles(await listFiles(db(), person));
  const clinicName = env().CLINIC_NAME;
  const archive = await packArchive({ clinicName, locale, person, of, sections, files, tooLarge, now });
  await transaction(async (tx) => {
    await recordAudit(
      tx,
      {
        action: "record.handed_over",
        details: { right },
        actor: { kind: "system" },
        outcome: "success",
        subject,
        entity: undefined,
      },
      now,
    );
    return ok();
  });
  return archive;
}

/** Everything that is kept of somebody who was erased, for whoever has a right to it. */
export async function handOverKept(
  kept: KeptPatient,
  right: RightToKept,
  locale: Locale,
  now: Temporal.Instant,
): Promise<Uint8Array> {
  const person = unsafeKeptPerson(kept, locale);
  const sections = await unsafeReadKept(db(), kept, person);
  return handOver({ person, of: "erased", sections, subject: kept.pseudonym, right, locale }, now);
}

/**
 * Everything about a patient, with what practitioners wrote for themselves and each other: for somebody who asks the clinic itself, with an
 * account or without.
 */
export async function handOverRecord(
  patient: FoundPatient,
  right: RightToKept,
  locale: Locale,
  now: Temporal.Instant,
): Promise<Uint8Array> {
  const person = unsafeRecordPerson(patient, locale);
  const sections = await unsafeReadRecord(db(), person);
  return handOver({ person, of: "patient", sections, subject: patient.pseudonym, right, locale }, now);
}
