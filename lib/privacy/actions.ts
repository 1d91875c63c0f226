"use server";

import { redirect } from "next/navigation";
import { lookUpScope } from "@/lib/access/rules";
import { asUser } from "@/lib/auth/ability";
import { proveOwner } from "@/lib/auth/mutations/proof";
import { formAction } from "@/lib/auth/pipeline";
import { noFieldsSchema, proofSchema } from "@/lib/auth/schema";
import type { ProofRefusal } from "@/lib/auth/types";
import { refuse } from "@/lib/core/result";
import { db } from "@/lib/db/client";
import { asPatient, isAdministrator, isBookingStaff, isPatient } from "./ability";
import { findContact } from "./data/contact";
import { correctContact } from "./mutations/contact";
import { correctProfile } from "./mutations/correction";
import { approveErasure, refuseErasure } from "./mutations/erasure-decision";
import { requestErasure, requestErasureFor, withdrawErasure } from "./mutations/erasure-request";
import { requestExport } from "./mutations/export";
import {
  approveErasureSchema,
  contactSchema,
  deskErasureSchema,
  profileSchema,
  refuseErasureSchema,
  requestErasureSchema,
} from "./schema";

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

/** Fields `whose`, and `ownPassword` and `code` where there are such. */
export const requestErasureAction = formAction({
  name: "privacy.request-erasure",
  schema: requestErasureSchema,
  // Each is a mail to every administrator.
  limit: { max: 5, windowSeconds: 900 },
  allow: isPatient,
  run: async ({ actor, input, now }) => {
    const patient = asPatient(actor);
    const proved = await proveOwner(patient, { password: input.ownPassword, code: input.code }, now);
    if (!proved.ok) return proved;
    const asked = await requestErasure(patient, now, input.whose);
    if (!asked.ok && asked.reason === "not_found") return refuse("not_found");
    // Where somebody has asked already, the page says so.
    redirect("/account/erasure");
  },
});

/** Fields `patientId` and `proof`: of somebody who asked the clinic itself. */
export const requestErasureAtDeskAction = formAction({
  name: "privacy.request-erasure-at-desk",
  schema: deskErasureSchema,
  limit: LIMIT,
  allow: isAdministrator,
  run: async ({ actor, input, now }) => {
    const asked = await requestErasureFor(asUser(actor), input, now);
    if (asked.ok) redirect(`/admin/erasures/${asked.value.erasureId}`);
    // What was asked before waits in the list.
    if (asked.reason === "already_asked") redirect("/admin/erasures");
    return refuse("not_found");
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

/** Fields `erasureId`, `ownPassword`, `code`, and `include:<patient's id>` for each who is taken along. */
export const approveErasureAction = formAction({
  name: "privacy.approve-erasure",
  schema: approveErasureSchema,
  limit: LIMIT,
  allow: isAdministrator,
  run: async ({ actor, input, now }) => {
    const administrator = asUser(actor);
    const proved = await proveOwner(administrator, { password: input.ownPassword, code: input.code }, now);
    if (!proved.ok) return proved;
    const approved = await approveErasure(administrator, input.erasureId, now, input.include);
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

/**
 * Fields `patientId`, `version`, `name`, `phone`, `locale`, `timeZone`; `email` where there is none yet, or an administrator replaces it.
 * Whoever gives an address shows that it is they by `ownPassword` and `code`: whoever reads it gets the links to the visits.
 */
export const correctContactAction = formAction<
  typeof contactSchema,
  ProofRefusal | "not_found" | "has_account" | "changed_meanwhile" | "not_yours"
>({
  name: "privacy.correct-contact",
  schema: contactSchema,
  limit: LIMIT,
  allow: isBookingStaff,
  run: async ({ actor, input, now }) => {
    const staff = asUser(actor);
    const { ownPassword, code, email, phone, ...correction } = input;
    const kept = await findContact(db(), lookUpScope(staff), input.patientId);
    if (!kept) return refuse("not_found");
    const changed = { ...correction, email: email === undefined ? kept.email : email, phone: phone ?? null };
    if (changed.email !== kept.email) {
      if (kept.email !== null && !isAdministrator(staff)) return refuse("not_yours");
      const proved = await proveOwner(staff, { password: ownPassword, code }, now);
      if (!proved.ok) return proved;
    }
    const corrected = await correctContact(staff, changed, now);
    if (!corrected.ok) return corrected;
    redirect(`/admin/patients/${input.patientId}?done=corrected`);
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
