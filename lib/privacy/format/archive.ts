import { strToU8, type Zippable, zipSync } from "fflate";
import type { Temporal } from "temporal-polyfill";
import type { Locale } from "@/lib/i18n/locales";
import { toDate } from "@/lib/time/instant";
import type { CopyOf, Person, Section } from "../types";
import { exportPage } from "./page";

type Copy = {
  clinicName: string;
  locale: Locale;
  person: Person;
  of: CopyOf;
  sections: readonly Section[];
  files: readonly { path: string; bytes: Uint8Array }[];
  /** Files that did not fit, by their names in the export. */
  tooLarge: readonly string[];
  now: Temporal.Instant;
};

/**
 * An export as one ZIP: `data.json`, a FHIR R4 Bundle of everything; `index.html`, the same to be read, in the person's language;
 * and the files. Pictures and PDF are packed already, so files are stored as they are.
 */
export async function packArchive(copy: Copy): Promise<Uint8Array> {
  const mtime = toDate(copy.now);
  const bundle = {
    resourceType: "Bundle",
    type: "collection",
    timestamp: copy.now.toString(),
    entry: copy.sections.flatMap(({ entries }) => entries.map(({ resource }) => ({ resource }))),
  };
  const content: Zippable = {
    "index.html": [strToU8(await exportPage(copy)), { mtime }],
    "data.json": [strToU8(JSON.stringify(bundle, null, 2)), { mtime }],
  };
  for (const { path, bytes } of copy.files) content[path] = [bytes, { mtime, level: 0 }];
  return zipSync(content);
}
