import type { Temporal } from "temporal-polyfill";
import type { PersonScope } from "@/lib/access/types";
import type { Confirmation } from "@/lib/auth/types";
import type { Patient } from "@/lib/db/generated/client";
import type { Messages } from "@/lib/i18n/types";
import type { MomentDto } from "@/lib/time/format";
import type { ERASURE_PROOFS, RIGHTS_TO_KEPT } from "./constants";

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

/** A patient as whoever runs the portal finds them. */
export type FoundPatient = Pick<
  Patient,
  "id" | "userId" | "name" | "contactName" | "email" | "phone" | "pseudonym" | "createdAt"
> & { user: { pseudonym: string } | null };

/** Whose copy it is: the owner's own, a patient's record whole, or what is left of somebody who was erased. */
export type CopyOf = "owner" | "patient" | "erased";

export type RightToKept = (typeof RIGHTS_TO_KEPT)[number];

/** What the page says of an export: none was asked for, one is being made, or one waits to be fetched. */
export type ExportDto = { state: "none" } | { state: "preparing" } | { state: "ready"; expires: MomentDto };

/** What a patient's page says of their last request to be erased. */
export type OwnErasureDto =
  | { state: "none" }
  | { state: "requested" | "approved"; asked: MomentDto; about: string | undefined }
  /** `about`: the one patient that it was about, where it was not the account. */
  | { state: "refused"; decided: MomentDto; reason: string; about: string | undefined };

/** A kind of data as the dry run names it. */
export type PlanKind = keyof Messages["privacy"]["erasure"]["kinds"];
export type PlanRow = { kind: PlanKind; count: number };

/** A request as an administrator reads it before deciding. */
export type ErasureRequestDto = {
  erasureId: string;
  /** Who would be erased. */
  name: string;
  contact: { name: string | null; email: string | null; phone: string | null };
  asked: MomentDto;
  /** By what they showed who they are, where they asked the clinic itself. */
  proof: ErasureProof | null;
  /** Whose account asks, where it is about one for whom it speaks. */
  askedBy: string | null;
  /** Those for whom they speak, and who would be erased with them. */
  dependants: readonly string[];
  /** About an account, and not one patient alone. */
  isAccount: boolean;
  /** They also work here, or have as a practitioner, and the account stays for that. */
  accountStays: boolean;
  goes: readonly PlanRow[];
  kept: readonly (PlanRow & { until: MomentDto; isOver: boolean })[];
  stays: readonly PlanRow[];
  ahead: number;
  running: boolean;
  /** Bookings without an account under the same address, which can be taken along. */
  unclaimed: readonly { patientId: string; name: string; since: string; visits: number }[];
  confirmation: Confirmation;
};

/** By what somebody who asked the clinic itself showed who they are. */
export type ErasureProof = (typeof ERASURE_PROOFS)[number];

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

/** Who a patient is and how they are reached, for whoever keeps the bookings. */
export type Contact = {
  patientId: string;
  name: string;
  /** Who speaks for them. */
  contactName: string | null;
  email: string | null;
  phone: string | null;
  locale: string;
  timeZone: string;
  /** Of their own, or of whoever speaks for them: there it is corrected. */
  hasAccount: boolean;
  /** Changes with any of it. */
  version: string;
};

type Choices = {
  /** To choose from, by the place in the reader's language. */
  zones: { value: string; label: string }[];
  languages: { value: string; name: string }[];
};

export type PatientPage = Choices & {
  contact: Contact;
  /** Replaces an address and begins an erasure; schedulers do neither. */
  isAdministrator: boolean;
  confirmation: Confirmation;
};

export type ProfilePage = Choices & {
  profile: Profile;
  /** Those for whom the account speaks. */
  others: { patientId: string; name: string }[];
};
