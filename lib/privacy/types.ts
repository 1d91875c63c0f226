import type { Temporal } from "temporal-polyfill";
import type { PersonScope } from "@/lib/access/types";
import type { Confirmation } from "@/lib/auth/types";
import type { Messages } from "@/lib/i18n/types";
import type { MomentDto } from "@/lib/time/format";
import type { RIGHTS_TO_KEPT } from "./constants";

/** Whose data is asked for: an account, its own patient, and those for whom it speaks. */
export type Person = PersonScope & {
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

/** Who somebody was, as it is kept with their records, sealed, after they were erased. */
export type Identity = Record<"name" | "contactName" | "email" | "phone", string | null>;

export type KeptPatient = {
  patientId: string;
  pseudonym: string;
  erasedAt: Temporal.Instant;
  identity: Identity;
};

export type RightToKept = (typeof RIGHTS_TO_KEPT)[number];

/** What the page says of an export: none was asked for, one is being made, or one waits to be fetched. */
export type ExportDto = { state: "none" } | { state: "preparing" } | { state: "ready"; expires: MomentDto };

/** What a patient's page says of their last request to be erased. */
export type OwnErasureDto =
  | { state: "none" }
  | { state: "requested" | "approved"; asked: MomentDto }
  | { state: "refused"; decided: MomentDto; reason: string };

/** A kind of data as the dry run names it. */
export type PlanKind = keyof Messages["privacy"]["erasure"]["kinds"];
export type PlanRow = { kind: PlanKind; count: number };

/** A request as an administrator reads it before deciding. */
export type ErasureRequestDto = {
  erasureId: string;
  name: string;
  email: string;
  asked: MomentDto;
  /** Those for whom they speak, and who would be erased with them. */
  dependants: readonly string[];
  /** They also work here, and keep the account for it. */
  isStaff: boolean;
  goes: readonly PlanRow[];
  kept: readonly (PlanRow & { until: MomentDto; isOver: boolean })[];
  stays: readonly PlanRow[];
  ahead: number;
  running: boolean;
  unclaimed: number;
  confirmation: Confirmation;
};

/** The administrators' list. */
export type ErasuresDto = {
  open: readonly { erasureId: string; name: string; asked: MomentDto; isApproved: boolean }[];
  decided: readonly { erasureId: string; asked: MomentDto; decided: MomentDto | null; isDone: boolean }[];
};

/** What a patient's record says of who they are and how they are written to. */
export type Profile = {
  patientId: string;
  /** The signed-in patient's own; else of somebody for whom they speak. */
  isOwn: boolean;
  name: string;
  phone: string | undefined;
  locale: string;
  timeZone: string;
  /** Changes with any of it. */
  version: string;
};

export type CorrectedField = "name" | "phone" | "locale" | "timeZone";

/** What it is to say from now on; `version` is of what its writer saw. */
export type Correction = Omit<Profile, "isOwn" | "phone"> & { phone?: string | undefined };

export type ProfilePage = {
  profile: Profile;
  /** Those for whom the account speaks. */
  others: { patientId: string; name: string }[];
  /** To choose from, by the place in the reader's language. */
  zones: { value: string; label: string }[];
  languages: { value: string; name: string }[];
};
