"use server";

import { redirect } from "next/navigation";
import { asUser } from "@/lib/auth/ability";
import { proveOwner } from "@/lib/auth/mutations/proof";
import { formAction } from "@/lib/auth/pipeline";
import { noFieldsSchema, proofSchema } from "@/lib/auth/schema";
import { refuse } from "@/lib/core/result";
import { asPatient, isAdministrator, isPatient } from "./ability";
import { correctProfile } from "./mutations/correction";
import { approveErasure, refuseErasure } from "./mutations/erasure-decision";
import { requestErasure, withdrawErasure } from "./mutations/erasure-request";
import { requestExport } from "./mutations/export";
import { approveErasureSchema, profileSchema, refuseErasureSchema } from "./schema";

/** Fields `ownPassword` and `code`, where there are such. */
export const requestExportAction = formAction({
  name: "privacy.request-export",
  schema: proofSchema,
  limit: { max: 30, windowSeconds: 900 },
  allow: isPatient,
  run: async ({ actor, input, now }) => {
    const patient = asPatient(actor);
    const proved = await proveOwner(patient, { password: input.ownPassword, code: input.code }, now);
    if (!proved.ok) return proved;
    const asked = await requestExport(patient, now);
    // Where one is being made already, the page says so.
    if (!asked.ok && asked.reason !== "already_asked") return { ...asked, reason: asked.reason };
    redirect("/account/data");
  },
});

const LIMIT = { max: 30, windowSeconds: 900 };

/** Fields `ownPassword` and `code`, where there are such. */
export const requestErasureAction = formAction({
  name: "privacy.request-erasure",
  schema: proofSchema,
  // Each is a mail to every administrator.
  limit: { max: 5, windowSeconds: 900 },
  allow: isPatient,
  run: async ({ actor, input, now }) => {
    const patient = asPatient(actor);
    const proved = await proveOwner(patient, { password: input.ownPassword, code: input.code }, now);
    if (!proved.ok) return proved;
    // Where somebody has asked already, the page says so.
    await requestErasure(patient, now);
    redirect("/account/erasure");
  },
});

/** No fields. */
export const withdrawErasureAction = formAction({
  name: "privacy.withdraw-erasure",
  schema: noFieldsSchema,
  limit: LIMIT,
  allow: isPatient,
  run: async ({ actor, now }) => {
    const withdrawn = await withdrawErasure(asPatient(actor), now);
    if (!withdrawn.ok) return withdrawn;
    redirect("/account/erasure");
  },
});

/** Fields `erasureId`, `ownPassword`, `code`. */
export const approveErasureAction = formAction({
  name: "privacy.approve-erasure",
  schema: approveErasureSchema,
  limit: LIMIT,
  allow: isAdministrator,
  run: async ({ actor, input, now }) => {
    const administrator = asUser(actor);
    const proved = await proveOwner(administrator, { password: input.ownPassword, code: input.code }, now);
    if (!proved.ok) return proved;
    const approved = await approveErasure(administrator, input.erasureId, now);
    if (approved.ok) redirect("/admin/erasures");
    // That somebody is in a visit, the page says.
    if (approved.reason === "visit_running") redirect(`/admin/erasures/${input.erasureId}`);
    return refuse("not_found");
  },
});

/** Fields `erasureId` and `reason`. */
export const refuseErasureAction = formAction({
  name: "privacy.refuse-erasure",
  schema: refuseErasureSchema,
  limit: LIMIT,
  allow: isAdministrator,
  run: async ({ actor, input, now }) => {
    const refused = await refuseErasure(asUser(actor), input, now);
    if (!refused.ok) return refused;
    redirect("/admin/erasures");
  },
});

/** Fields `patientId`, `version`, `name`, `phone`, `locale`, `timeZone`: what is kept of a patient, as they say it is. */
export const correctProfileAction = formAction({
  name: "privacy.correct-profile",
  schema: profileSchema,
  limit: { max: 30, windowSeconds: 3600 },
  allow: isPatient,
  run: async ({ actor, input, now }) => {
    const corrected = await correctProfile(asPatient(actor), input, now);
    if (!corrected.ok) return corrected;
    redirect("/account?changed=profile");
  },
});
