import { parseArgs } from "node:util";
import { createAdministrator } from "@/lib/admin/mutations/clinic";
import { administratorSchema } from "@/lib/admin/schema/set-up";
import { systemNow } from "@/lib/core/clock";
import { env } from "@/lib/core/env";
import { closeDb } from "@/lib/db/client";
import { DEFAULT_LOCALE, isLocale } from "@/lib/i18n/locales";

const USAGE =
  'Usage: npm run admin:create -- --email name@example.org --name "Alex Muster" [--language en|ru]';

/** Makes an administrator and prints the one-time link with which they set their password. */
async function main(): Promise<number> {
  const { values } = parseArgs({
    options: { email: { type: "string" }, name: { type: "string" }, language: { type: "string" } },
  });
  const input = administratorSchema.safeParse(values);
  const locale = values.language ?? DEFAULT_LOCALE;
  if (!input.success || !isLocale(locale)) {
    const faults = input.error?.issues.map((issue) => `--${issue.path.join(".")} (${issue.message})`) ?? [
      "--language",
    ];
    console.error(`Cannot be used: ${faults.join(", ")}\n${USAGE}`);
    return 1;
  }
  const made = await createAdministrator({ ...input.data, locale }, systemNow());
  if (!made.ok) {
    console.error("An account with this e-mail address exists already; it was not changed.");
    return 1;
  }
  console.log(
    `The administrator sets a password here, once, within a week:\n${env().PORTAL_URL}/invitation/${made.value.token}`,
  );
  return 0;
}

try {
  process.exitCode = await main();
} finally {
  await closeDb();
}
