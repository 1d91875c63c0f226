import { createSetupLink } from "@/lib/admin/mutations/clinic";
import { systemNow } from "@/lib/core/clock";
import { env } from "@/lib/core/env";
import { closeDb } from "@/lib/db/client";

/** Prints a one-time link for a clinic that has no administrator yet, and nothing for one that has. */
try {
  const link = await createSetupLink(systemNow());
  if (link.ok) console.log(`${env().PORTAL_URL}/setup/${link.value.token}`);
} finally {
  await closeDb();
}
