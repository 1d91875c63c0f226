"use server";

import { redirect } from "next/navigation";
import { proveOwner } from "@/lib/auth/mutations/second-step";
import { formAction } from "@/lib/auth/pipeline";
import { proofSchema } from "@/lib/auth/schema";
import { asPatient, isPatient } from "./ability";
import { requestExport } from "./mutations/export";

/** Fields `ownPassword` and `code`, where there are such. */
export const requestExportAction = formAction({
  name: "privacy.request-export",
  schema: proofSchema,
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
