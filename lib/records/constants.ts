/** The longest note, summary or addendum. */
export const RECORD_MAX_LENGTH = 20_000;
export const TEMPLATE_TITLE_MAX_LENGTH = 80;
export const FEEDBACK_COMMENT_MAX_LENGTH = 1_000;

/** What may have gone wrong with a visit, technically. */
export const FEEDBACK_PROBLEMS = [
  "no_picture",
  "no_sound",
  "bad_picture",
  "bad_sound",
  "dropped",
  "hard_to_join",
] as const;
export type FeedbackProblem = (typeof FEEDBACK_PROBLEMS)[number];

/** How long patients can change what they said. */
export const FEEDBACK_CHANGEABLE_HOURS = 24;

/** A version of a note that was followed by another one so soon is not kept: it is the same sitting. */
export const SAME_SITTING_SECONDS = 120;

/** Where texts are sealed to. */
export const notePlace = (noteId: string): string => `visit_note.text:${noteId}`;
export const summaryPlace = (summaryId: string): string => `visit_summary.text:${summaryId}`;
export const feedbackPlace = (encounterId: string): string => `visit_feedback.comment:${encounterId}`;
