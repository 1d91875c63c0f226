import "server-only";
import { auditActor, lookUpScope, schedulingScope } from "@/lib/access/rules";
import type { Actor } from "@/lib/access/types";
import { recordOnce } from "@/lib/audit/mutations";
import { systemNow } from "@/lib/core/clock";
import { ok } from "@/lib/core/result";
import { transaction } from "@/lib/db/transaction";
import { loadLocale } from "@/lib/i18n/viewer";
import { searchPatients } from "../data/patients";
import { describeFoundPatient, staffZone } from "../format/staff";
import { readPatientQuery } from "../rules/patient-query";
import type { FoundPatientDto } from "../types/staff";

/**
 * The patients whom an actor may mean by what was typed, nobody for too little of it. The trail has that somebody looked, how many
 * there were, and for each of them that they came up; not what was typed: that is a name.
 */
export async function findPatients(actor: Actor, search: string): Promise<FoundPatientDto[]> {
  const query = readPatientQuery(search);
  if (!query) return [];
  const [locale, now] = [await loadLocale(), systemNow()];
  const found = await transaction(async (tx) => {
    const patients = await searchPatients(tx, lookUpScope(actor), schedulingScope(actor), query);
    const by = { actor: auditActor(actor), outcome: "success" as const };
    const found = patients.map(({ pseudonym }) => ({
      ...by,
      action: "patient.found" as const,
      details: {},
      subject: pseudonym,
      entity: undefined,
    }));
    const search = {
      ...by,
      action: "patients.searched" as const,
      details: { found: patients.length },
      subject: undefined,
      entity: undefined,
    };
    await recordOnce(tx, found, now, [search]);
    return ok(patients);
  });
  const viewer = { locale, timeZone: staffZone() };
  return found.ok ? found.value.map((patient) => describeFoundPatient(patient, viewer, now)) : [];
}
