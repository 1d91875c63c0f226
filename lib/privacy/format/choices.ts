import { type Locale, languageChoices } from "@/lib/i18n/locales";
import { listZoneChoices } from "@/lib/time/zone-choices";

/** The languages and zones that may be kept of a patient, in somebody's language. */
export function choicesFor({ timeZone: kept }: { timeZone: string }, locale: Locale) {
  const zones = listZoneChoices(locale).map(({ timeZone, place }) => ({
    value: timeZone,
    label: `${place} (${timeZone})`,
  }));
  // A zone may be kept under a name that is offered to nobody any more.
  const isListed = zones.some(({ value }) => value === kept);
  return {
    languages: languageChoices(),
    zones: isListed ? zones : [{ value: kept, label: kept }, ...zones],
  };
}
