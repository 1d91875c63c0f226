import { open } from "node:fs/promises";
import { parseArgs } from "node:util";
import { DEFAULT_LOCALE, isLocale, type Locale } from "@/lib/i18n/locales";
import { RIGHTS_TO_KEPT } from "@/lib/privacy/constants";
import type { RightToKept } from "@/lib/privacy/types";

/** What somebody types who takes records out: whom they look for, or whose they open, for whom, and where to. */
export type HandOver = { find: string } | { open: string; right: RightToKept; to: string; locale: Locale };

export const usageOf = (command: string): string =>
  `Usage: npm run ${command} -- --find "part of a name, address or number"
       npm run ${command} -- --open ID --right ${RIGHTS_TO_KEPT.join("|")} --to file.zip [--language en|ru]`;

/** @returns what was asked for; `undefined` for what makes no sense */
export function readHandOver(): HandOver | undefined {
  const { values } = parseArgs({
    options: {
      find: { type: "string" },
      open: { type: "string" },
      right: { type: "string" },
      to: { type: "string" },
      language: { type: "string" },
    },
  });
  if (values.find) return { find: values.find };
  const right = RIGHTS_TO_KEPT.find((known) => known === values.right);
  const locale = values.language ?? DEFAULT_LOCALE;
  if (!values.open || !values.to || !right || !isLocale(locale)) return undefined;
  return { open: values.open, right, to: values.to, locale };
}

/**
 * Writes what is made into a new file: never over one that is there, for nobody else on this machine, and before the trail says that
 * anything was handed over.
 *
 * @returns the exit code
 */
export async function writeNew(to: string, make: () => Promise<Uint8Array>): Promise<number> {
  const file = await open(to, "wx", 0o600).catch((error: NodeJS.ErrnoException) => error.code);
  if (typeof file !== "object") {
    console.error(`${to} cannot be made (${file}). Name a file that is not there yet.`);
    return 1;
  }
  try {
    await file.writeFile(await make());
  } finally {
    await file.close();
  }
  console.log(`Written to ${to}. Delete it once it was handed over.`);
  return 0;
}
