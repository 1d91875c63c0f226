import type { Confirmation } from "@/lib/auth/types";

/** What a form asks of the administrator who sends it: a browser that somebody finds open changes nobody's account, and makes none. */
export type Confirm = { withPassword: boolean; withCode: boolean };

/** The own password, unless they have shown otherwise that it is they; and a code where they have a second step. */
export const confirmOf = ({ proof, withCode }: Confirmation): Confirm => ({
  withPassword: proof !== "provider_proved",
  withCode,
});
