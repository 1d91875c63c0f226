import type { FreeTimeDto, ZoneDto } from "./times";

export type Option = { value: string; name: string };
export type DirectoryFilter = {
  /** In whichever alphabet, and perhaps mistyped. */
  name: string | undefined;
  specialty: string | undefined;
  language: string | undefined;
  visitType: string | undefined;
  /** ISO date of the viewer's before which no time is wanted. */
  from: string | undefined;
};

export type DirectoryOptions = { specialties: Option[]; languages: Option[]; visitTypes: Option[] };

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
  /** Everybody found, on whichever page. */
  total: number;
  /** Nobody is called what was asked for; the entries have names that are somewhat like it. */
  isNear: boolean;
  pages: { page: number; count: number; previousHref: string | null; nextHref: string | null };
  options: DirectoryOptions;
  filter: DirectoryFilter;
  /** ISO dates between which times can be asked for. */
  dates: { first: string; last: string };
  zone: ZoneDto;
};
