import type { MomentDto } from "@/lib/time/format";

/** What a patient needs to know of one visit, on the viewer's clock. */
export type VisitFactsDto = {
  practitionerName: string;
  specialty: string;
  visitType: string;
  durationMinutes: number;
  starts: MomentDto;
  endTime: string;
  /** The start on the practitioner's clock, where it differs. */
  practitionerStarts: MomentDto | null;
};

/** The page on which one time is booked. */
export type BookingPageDto = VisitFactsDto & {
  practitionerId: string;
  visitTypeId: string;
  /** The account that books; none for a guest. */
  accountName: string | null;
  /** Set where the time cannot be booked (any more): the nearest ones that can. */
  instead: { moment: MomentDto; href: string }[] | null;
  /** All times of this practitioner and visit type. */
  timesHref: string;
  /** This page. */
  href: string;
};
