import type { Messages } from "@/lib/i18n/types";
import type { MomentDto } from "@/lib/time/format";

/** Whose data is asked for: an account, its own patient, and those for whom it speaks. */
export type Person = {
  userId: string;
  patientIds: readonly string[];
  /** What stands for them in the audit trail. */
  pseudonyms: readonly string[];
  locale: string;
  timeZone: string;
};

/** A section of the file, named as the table in the database that it comes from. */
export type SectionName = keyof Messages["privacy"]["sections"];
export type LabelName = keyof Messages["privacy"]["labels"];

/** One thing that is kept: under FHIR's names for programs, and as labelled lines for people. Empty lines are left out. */
export type Entry = {
  resource: { resourceType: string } & Readonly<Record<string, unknown>>;
  lines: readonly (readonly [LabelName, string | number | Date | null | undefined])[];
};

export type Section = { name: SectionName; entries: readonly Entry[] };

/** A file of somebody's conversations, by its name inside the export. */
export type ExportedFile = { attachmentId: string; path: string; storageKey: string; contentKeyId: string };

/** What the page says of an export: none was asked for, one is being made, or one waits to be fetched. */
export type ExportDto = { state: "none" } | { state: "preparing" } | { state: "ready"; expires: MomentDto };
