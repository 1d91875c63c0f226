/**
 * How far what a page shows is current: `connecting` before the first word, `live`, `reconnecting` while the portal does not
 * answer, `offline` while the browser has no network, `gone` when there is nothing to follow (any more).
 */
export type LiveStatus = "connecting" | "live" | "reconnecting" | "offline" | "gone";

/** Something to follow. The token of a personal link stays in memory and in request bodies; it is never stored. */
export type Want = { key: string; token?: string };

/** The newest word on one want; each state is the whole one. */
export type News = { id: string; gone: boolean; state?: unknown };

/** Tells wants apart: the same visit looks different to its patient's link and to its practitioner. */
export const wantId = ({ key, token }: Want): string => JSON.stringify([key, token]);
