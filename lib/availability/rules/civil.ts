/**
 * Civil dates and wall-clock times as numbers: days since 1970-01-01 in the proleptic Gregorian calendar, minutes since midnight.
 * Plain arithmetic, since slots are computed for thousands of days at once.
 */

const DAYS_PER_ERA = 146_097;
const ZERO = "0".charCodeAt(0);
/** From 0000-03-01, where the arithmetic's years begin, to 1970-01-01. */
const EPOCH = 719_468;

/** The day of a civil date; months from 1. After Howard Hinnant, "chrono-compatible low-level date algorithms". */
export function dayOf(year: number, month: number, day: number): number {
  const shifted = month <= 2 ? year - 1 : year;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * DAYS_PER_ERA + dayOfEra - EPOCH;
}

const LENGTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const isLeap = (year: number) => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;

/** The day of "2026-11-23"; `undefined` for anything else, "2027-02-30" included. */
export function parseDay(text: string): number | undefined {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (!parts) return undefined;
  const [year, month, day] = [Number(parts[1]), Number(parts[2]), Number(parts[3])];
  const length = month === 2 && isLeap(year) ? 29 : (LENGTHS[month - 1] ?? 0);
  return day >= 1 && day <= length ? dayOf(year, month, day) : undefined;
}

/** Minutes since midnight of "HH:MM"; `undefined` for anything else, "24:00" included. */
export function parseMinutes(text: string): number | undefined {
  if (text.length !== 5 || text[2] !== ":") return undefined;
  const [hours, minutes] = [twoDigits(text, 0), twoDigits(text, 3)];
  return hours < 24 && minutes < 60 ? hours * 60 + minutes : undefined;
}

/** Read by code, since every window of every question is; more than any clock shows for what are no digits. */
function twoDigits(text: string, at: number): number {
  const [tens, ones] = [text.charCodeAt(at) - ZERO, text.charCodeAt(at + 1) - ZERO];
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : 100;
}

/** ISO, 1 = Monday: 1970-01-01 was a Thursday. */
export const weekdayOf = (day: number): number => ((((day + 3) % 7) + 7) % 7) + 1;
