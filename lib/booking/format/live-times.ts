import type { Offer } from "./paths";

/** A longer window than any page shows is nobody's. */
const LONGEST_MINUTES = 6 * 7 * 24 * 60 + 24 * 60;

/** The free times that a page follows: those of one practitioner and visit type which start within `[from, to)`. */
export type TimesWindow = Offer & {
  /** Minutes since 1970. */
  fromMinute: number;
  toMinute: number;
  /** Whether the visitor held a time when the page was made: what is free for them then differs from what others see. */
  isHolder: boolean;
};

/** The key under which browsers follow free times. Open to everybody, as the times are; bounded, since each reading costs one. */
export const timesKey = ({
  practitionerId,
  visitTypeId,
  fromMinute,
  toMinute,
  isHolder,
}: TimesWindow): string =>
  `times:${practitionerId}:${visitTypeId}:${fromMinute}:${toMinute}${isHolder ? ":h" : ""}`;

const ID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}";
const KEY = new RegExp(`^times:(${ID}):(${ID}):(\\d{8}):(\\d{8})(:h)?$`);

/** The window of a {@link timesKey}; `undefined` for anything else, and for a window that no page has. */
export function parseTimesKey(key: string): TimesWindow | undefined {
  const [, practitionerId, visitTypeId, from, to, holder] = KEY.exec(key) ?? [];
  if (!practitionerId || !visitTypeId) return undefined;
  const [fromMinute, toMinute] = [Number(from), Number(to)];
  if (fromMinute >= toMinute || toMinute - fromMinute > LONGEST_MINUTES) return undefined;
  return { practitionerId, visitTypeId, fromMinute, toMinute, isHolder: holder !== undefined };
}
