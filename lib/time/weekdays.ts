/** A Monday at noon in UTC, so that a formatter can be asked for the names of the days. */
const MONDAY_NOON = 1_704_110_400_000;
const DAY = 86_400_000;

/**
 * The name of a weekday in a language, as a line begins: "Monday", "Понедельник"; short "Mon", "Пн".
 *
 * @param weekday ISO, 1 = Monday
 */
export function weekdayName(weekday: number, locale: string, style: "long" | "short" = "long"): string {
  const name = new Intl.DateTimeFormat(locale, { weekday: style, timeZone: "UTC" }).format(
    MONDAY_NOON + (weekday - 1) * DAY,
  );
  return name.charAt(0).toLocaleUpperCase(locale) + name.slice(1);
}
