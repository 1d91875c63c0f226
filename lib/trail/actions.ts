"use server";

import { redirect } from "next/navigation";
import { hasRole } from "@/lib/access/rules";
import type { Actor } from "@/lib/access/types";
import { asUser } from "@/lib/auth/ability";
import { proveOwner } from "@/lib/auth/mutations/proof";
import { formAction } from "@/lib/auth/pipeline";
import { refuse } from "@/lib/core/result";
import { db } from "@/lib/db/client";
import { setSealedCookie } from "@/lib/security/sealed-cookie";
import { EXPORT_COOKIE, EXPORT_MINUTES } from "./constants";
import { unsafeFindPseudonym } from "./data";
import { noteExport } from "./mutations";
import { exportSchema, findPersonSchema } from "./schema";
import type { ExportRefusal } from "./types";

const isAdministrator = (actor: Actor) => hasRole(actor, "administrator");

/** Field `email`. Leads on to what the trail has about whoever has this address; the page's own address names a pseudonym alone. */
export const findInTrailAction = formAction<typeof findPersonSchema, ExportRefusal>({
  name: "trail.find-person",
  schema: findPersonSchema,
  limit: { max: 60, windowSeconds: 900 },
  allow: isAdministrator,
  run: async ({ input }) => {
    const pseudonym = await unsafeFindPseudonym(db(), input.email);
    if (!pseudonym) return refuse("not_found");
    redirect(`/admin/audit?person=${pseudonym}`);
  },
});

/**
 * Fields of the filter, `format`, `ownPassword`, `code`. Lets this browser fetch the file for some minutes. That the trail is
 * exported is written down now: fetching a file changes nothing.
 */
export const exportTrailAction = formAction<typeof exportSchema, ExportRefusal>({
  name: "trail.export",
  schema: exportSchema,
  limit: { max: 20, windowSeconds: 3600 },
  allow: isAdministrator,
  run: async ({ actor, input, now }) => {
    const { ownPassword, code, format, ...query } = input;
    const administrator = asUser(actor);
    const proved = await proveOwner(administrator, { password: ownPassword, code }, now);
    if (!proved.ok) return proved;
    await setSealedCookie(EXPORT_COOKIE, administrator.sessionId, JSON.stringify({ format, ...query }), {
      minutes: EXPORT_MINUTES,
      now,
    });
    return noteExport(administrator, { format, person: query.person }, now);
  },
});
