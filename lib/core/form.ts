/**
 * What a form's server action answers, and what `useActionState` holds. Plain data, so that a form posted without JavaScript
 * is rendered again from it: with the reason, the faulty fields, and what was typed.
 */
export type FormState<R extends string = string, D = undefined> =
  | { status: "idle" }
  | { status: "done" }
  | {
      status: "refused";
      /** Why nothing happened; the screen has words for each. */
      reason: R | PipelineRefusal;
      /** Field name → literal fault, when the reason is `invalid`. */
      fields: Readonly<Record<string, string>>;
      /** What was typed, by field name; passwords are left out. */
      values: Readonly<Record<string, string>>;
      /** Of `too_many_attempts`: how long to wait. */
      retryAfterSeconds?: number;
      /** What helps to go on, where the action knows something: other times for one that was taken. */
      detail?: D;
    };

/** What any form can be refused with, before its own mutation is asked. */
export type PipelineRefusal = "invalid" | "too_many_attempts" | "forbidden";

/** A form nobody has sent yet. */
export const IDLE: { status: "idle" } = { status: "idle" };
