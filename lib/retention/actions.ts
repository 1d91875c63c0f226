"use server";

import { revalidatePath } from "next/cache";
import { auditActor } from "@/lib/access/rules";
import { asUser } from "@/lib/auth/ability";
import { proveOwner } from "@/lib/auth/mutations/proof";
import { formAction } from "@/lib/auth/pipeline";
import type { ProofRefusal } from "@/lib/auth/types";
import { db } from "@/lib/db/client";
import { canSetPeriods } from "./ability";
import { readRetention } from "./data/settings";
import { saveRetention } from "./mutations/settings";
import { shortened } from "./rules";
import { retentionSchema } from "./schema";

/** A field for each kind; and, where one becomes shorter, `ownPassword` and `code`. */
export const saveRetentionAction = formAction<typeof retentionSchema, ProofRefusal>({
  name: "retention.save",
  schema: retentionSchema,
  limit: { max: 60, windowSeconds: 900 },
  allow: canSetPeriods,
  run: async ({ actor, input, now }) => {
    const { ownPassword, code, ...retention } = input;
    if (shortened(await readRetention(db()), retention).length > 0) {
      const proved = await proveOwner(asUser(actor), { password: ownPassword, code }, now);
      if (!proved.ok) return proved;
    }
    const saved = await saveRetention(retention, auditActor(actor), now);
    revalidatePath("/admin/retention");
    return saved;
  },
});
