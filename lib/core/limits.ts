/** Bounds that a form and the server both apply, so that neither accepts what the other refuses. */

/** Length over rules: NIST SP 800-63B §3.1.1. The upper bound keeps a request from costing more than a sign-in should. */
export const PASSWORD_MIN_LENGTH = 12;
export const PASSWORD_MAX_LENGTH = 200;

export const NAME_MAX_LENGTH = 120;
export const REASON_MAX_LENGTH = 2_000;
