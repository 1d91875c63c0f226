import type { MomentDto } from "@/lib/time/format";

/** Another time in the place of a visit that did not take place. */
export type RebookingDto = {
  /** The nearest free times of the same practitioner for the same kind of visit. */
  times: RebookingTimeDto[];
  /** All of them. */
  timesHref: string;
  /** The visit that was booked in its place; by personal link its page is in a mail alone. */
  booked: { starts: MomentDto; href: string | null } | null;
};

/** `href`: the booking's own form, where more is asked for now than was said then; nothing where one click books it. */
export type RebookingTimeDto = { starts: MomentDto; href: string | null };
