import type { FreeTimeDto, ZoneDto } from "./times";

export type Option = { value: string; name: string };
export type DirectoryFilter = {
  specialty: string | undefined;
  language: string | undefined;
  visitType: string | undefined;
};

/** A practitioner in the directory, with the first free times. */
export type DirectoryEntryDto = {
  practitionerId: string;
  name: string;
  specialty: string;
  languages: string;
  /** All times. */
  href: string;
  next: {
    day: "today" | "tomorrow" | "later";
    date: string;
    visitTypeId: string;
    visitType: string;
    durationMinutes: number;
    times: FreeTimeDto[];
  } | null;
};

export type DirectoryDto = {
  entries: DirectoryEntryDto[];
  options: { specialties: Option[]; languages: Option[]; visitTypes: Option[] };
  filter: DirectoryFilter;
  zone: ZoneDto;
};
