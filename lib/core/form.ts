/**
 * What a form's server action answers, and what `useActionState` holds. Plain data, so that a form posted without JavaScript
 * is rendered again from it: with the reason, the faulty fields, and what was typed.
 */
export type FormState<R extends string = string, F extends string = string> =
  | { status: "idle" }
  | { status: "done" }
  | {
      status: "refused";
      /** Why nothing happened; the screen has words for each. */
      reason: R | "invalid" | "too_many_attempts" | "forbidden";
      /** Field name → literal fault, when the reason is `invalid`. */
      fields: Readonly<Partial<Record<F, string>>>;
      /** What was typed, by field name; passwords are left out. */
      values: Readonly<Record<string, string>>;
    };

export const IDLE: { status: "idle" } = { status: "idle" };
