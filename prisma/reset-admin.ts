import { parseArgs } from "node:util";
import { resetAdministrator } from "@/lib/admin/mutations/clinic";
import { administratorSchema } from "@/lib/admin/schema/set-up";
import { systemNow } from "@/lib/core/clock";
import { env } from "@/lib/core/env";
import { closeDb } from "@/lib/db/client";
import { PASSWORD_RESET_MINUTES } from "@/lib/security/access-link";

const USAGE = "Usage: npm run admin:reset -- --email name@example.org [--without-code]";

/** Prints a one-time link with which an administrator who cannot sign in any more sets another password. */
async function main(): Promise<number> {
  const { values } = parseArgs({
    options: { email: { type: "string" }, "without-code": { type: "boolean", default: false } },
  });
  const input = administratorSchema.pick({ email: true }).safeParse(values);
  if (!input.success) {
    console.error(`Cannot be used: --email\n${USAGE}`);
    return 1;
  }
  const reset = await resetAdministrator({ ...input.data, withoutCode: values["without-code"] }, systemNow());
  if (!reset.ok) {
    console.error("No administrator who may sign in has this e-mail address; nothing was changed.");
    return 1;
  }
  console.log(
    `The administrator sets another password here, once, within ${PASSWORD_RESET_MINUTES} minutes:\n${env().PORTAL_URL}/new-password/${reset.value.token}`,
  );
  return 0;
}

try {
  process.exitCode = await main();
} finally {
  await closeDb();
}
