/** How long a set-up link can be used, in hours. */
export const SETUP_LINK_HOURS = 24;
