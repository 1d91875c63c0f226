import "server-only";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { loadConfirmation, noteRefusal, requireRole, requireSchedules } from "@/lib/auth/loaders";
import type { Confirmation } from "@/lib/auth/types";
import type { ScheduleQuery } from "@/lib/availability/format/schedule";
import { loadSchedule } from "@/lib/availability/loaders/schedule";
import type { ScheduleDto } from "@/lib/availability/types";
import { listConsentVersions, listIntakeQuestions } from "@/lib/booking/data/intake";
import type { ConsentKind, ConsentVersion, IntakeQuestionDto } from "@/lib/booking/types/intake";
import { systemNow } from "@/lib/core/clock";
import { toCsv } from "@/lib/core/csv";
import { env } from "@/lib/core/env";
import { db } from "@/lib/db/client";
import { SPECIALTIES, VISIT_LANGUAGES } from "@/lib/directory/constants";
import { languageName } from "@/lib/directory/format";
import { type Locale, otherLanguages } from "@/lib/i18n/locales";
import { localized } from "@/lib/i18n/localized";
import { loadLocale } from "@/lib/i18n/viewer";
import { FEEDBACK_PROBLEMS } from "@/lib/records/constants";
import { formatDate } from "@/lib/time/format";
import { listZoneChoices } from "@/lib/time/zone-choices";
import { canAdminister } from "../ability";
import {
  findManagedVisitType,
  findSetupLink,
  listManagedVisitTypes,
  unsafeFindManagedPractitioner,
  unsafeListFigures,
  unsafeListManagedPractitioners,
} from "../data/clinic";
import { describePractitioner } from "../format";
import type {
  ClinicProgress,
  ManagedPractitioner,
  ManagedVisitType,
  PractitionerChoices,
  PractitionerLine,
  WeekFigures,
} from "../types/clinic";

const requireAdministrator = (path: string) => requireRole("administrator", path);

async function loadReader() {
  const [locale, t] = await Promise.all([loadLocale(), getTranslations("schedule.hours")]);
  return { locale, now: systemNow(), aroundTheClock: t("aroundTheClockShort") };
}

async function readPractitioners(): Promise<{ lines: PractitionerLine[]; visitTypes: ManagedVisitType[] }> {
  const reader = await loadReader();
  const [practitioners, visitTypes] = await Promise.all([
    unsafeListManagedPractitioners(db(), reader.now),
    listManagedVisitTypes(db()),
  ]);
  const lines = practitioners.map((practitioner) => describePractitioner(practitioner, visitTypes, reader));
  return { lines, visitTypes };
}

/** The clinic at a glance: who can be booked when, and what an empty clinic still needs. */
export async function loadOverview(): Promise<{
  practitioners: PractitionerLine[];
  /** What an empty clinic still needs, for whoever can give it. */
  progress: ClinicProgress | undefined;
}> {
  const { actor } = await requireSchedules("/admin");
  const { lines, visitTypes } = await readPractitioners();
  const progress = {
    hasVisitTypes: visitTypes.some(({ active }) => active),
    hasPractitioners: lines.length > 0,
    hasHours: lines.some(({ hours }) => hours.length > 0),
  };
  return {
    practitioners: lines.filter(({ active }) => active),
    progress: canAdminister(actor) ? progress : undefined,
  };
}

/** Every practitioner, active or not. */
export async function loadPractitioners(): Promise<{ practitioners: PractitionerLine[]; mayAdd: boolean }> {
  const { actor } = await requireSchedules("/admin/practitioners");
  return { practitioners: (await readPractitioners()).lines, mayAdd: canAdminister(actor) };
}

/** What the form of a new practitioner offers, and the zone that it begins with. */
export async function loadNewPractitioner(): Promise<{
  choices: PractitionerChoices;
  timeZone: string;
  locale: Locale;
  /** The portal's languages by their own names, the reader's first. */
  languages: { locale: string; name: string }[];
  /** How the reader confirms that it is they who invite. */
  confirmation: Confirmation;
}> {
  const { actor } = await requireAdministrator("/admin/practitioners/new");
  const locale = await loadLocale();
  const choices = await loadChoices(locale, undefined);
  const own = { locale, name: languageName(locale, locale) };
  return {
    choices,
    timeZone: env().CLINIC_TIME_ZONE,
    locale,
    languages: [own, ...otherLanguages(locale)],
    confirmation: await loadConfirmation(actor),
  };
}

/** One practitioner with everything that can be changed. */
export async function loadManagedPractitioner(
  id: string,
  query: ScheduleQuery,
): Promise<{
  practitioner: ManagedPractitioner;
  line: PractitionerLine;
  choices: PractitionerChoices;
  schedule: ScheduleDto;
  /** Whether more than the schedule can be changed. */
  mayAdminister: boolean;
}> {
  const { actor } = await requireSchedules(`/admin/practitioners/${id}`);
  const reader = await loadReader();
  const practitioner = await unsafeFindManagedPractitioner(db(), id, reader.now);
  if (!practitioner) notFound();
  const [choices, visitTypes, schedule] = await Promise.all([
    loadChoices(reader.locale, practitioner),
    listManagedVisitTypes(db()),
    loadSchedule(actor, id, query),
  ]);
  const line = describePractitioner(practitioner, visitTypes, reader);
  return { practitioner, line, choices, schedule, mayAdminister: canAdminister(actor) };
}

/** Every visit type, active or not. */
export async function loadVisitTypes(): Promise<ManagedVisitType[]> {
  await requireAdministrator("/admin/visit-types");
  return listManagedVisitTypes(db());
}

/** For the form of a new visit type, which needs nothing but the right to fill it in. */
export async function loadNewVisitType(): Promise<void> {
  await requireAdministrator("/admin/visit-types/new");
}

/** One visit type with everything that can be changed, its questions included. */
export async function loadVisitType(
  id: string,
): Promise<{ visitType: ManagedVisitType; questions: IntakeQuestionDto[] }> {
  await requireAdministrator(`/admin/visit-types/${id}`);
  const visitType = (await findManagedVisitType(db(), id)) ?? notFound();
  return { visitType, questions: await listIntakeQuestions(db(), visitType.id) };
}

/** What patients agree to, by kind: every version with its date, the last first. */
export async function loadConsents(): Promise<{ kind: ConsentKind; versions: ConsentVersion[] }[]> {
  await requireAdministrator("/admin/consents");
  const [locale, now] = [await loadLocale(), systemNow()];
  const viewer = { locale, timeZone: env().CLINIC_TIME_ZONE };
  const versions = (await listConsentVersions(db())).map(({ publishedAt, ...text }) => ({
    ...text,
    publishedOn: formatDate(publishedAt, viewer, now),
  }));
  return (["treatment", "data", "recording"] as const).map((kind) => ({
    kind,
    versions: versions.filter((version) => version.kind === kind),
  }));
}

/** Whether a set-up link can be used; looking uses nothing up. */
export async function loadSetupLink(token: string): Promise<boolean> {
  const opens = (await findSetupLink(db(), token, systemNow())) !== undefined;
  if (!opens) await noteRefusal("link.setup");
  return opens;
}

async function loadChoices(
  locale: string,
  practitioner: ManagedPractitioner | undefined,
): Promise<PractitionerChoices> {
  const inOrder = <T extends { label: string }>(choices: T[]) =>
    choices.sort((a, b) => a.label.localeCompare(b.label, locale));
  const specialties = new Map(Object.entries(SPECIALTIES));
  if (practitioner) specialties.set(practitioner.specialtyCode, practitioner.specialtyNames);
  const visitTypes = await listManagedVisitTypes(db());
  return {
    specialties: inOrder(
      [...specialties].map(([value, names]) => ({ value, label: localized(names, locale) })),
    ),
    languages: inOrder(VISIT_LANGUAGES.map((value) => ({ value, label: languageName(value, locale) }))),
    timeZones: listZoneChoices(locale).map(({ timeZone, place }) => ({
      value: timeZone,
      label: `${place} (${timeZone})`,
    })),
    visitTypes: visitTypes.map(({ id, names, active }) => ({
      value: id,
      label: localized(names, locale),
      active,
    })),
  };
}

/** So many weeks are looked back on. */
const FIGURE_WEEKS = 26;

/** The clinic's last weeks in numbers, the present one first. */
export async function loadFigures(): Promise<WeekFigures[]> {
  await requireAdministrator("/admin/figures");
  const now = systemNow();
  const timeZone = env().CLINIC_TIME_ZONE;
  const today = now.toZonedDateTimeISO(timeZone).startOfDay();
  const from = today.subtract({ days: today.dayOfWeek - 1, weeks: FIGURE_WEEKS - 1 }).toInstant();
  return unsafeListFigures(db(), { from, to: now }, timeZone);
}

/** The same as a file for spreadsheets. */
export async function loadFiguresCsv(): Promise<string> {
  const weeks = await loadFigures();
  const t = await getTranslations("admin.figures");
  const problem = await getTranslations("records.feedback.problem");
  const rounded = (value: number | null) => (value === null ? null : Math.round(value * 10) / 10);
  return toCsv([
    [
      t("week"),
      t("visits"),
      t("missed"),
      t("cancelled"),
      t("wait"),
      t("answers"),
      t("quality"),
      ...[1, 2, 3, 4, 5].map((grade) => t("grade", { grade })),
      ...FEEDBACK_PROBLEMS.map((name) => problem(name)),
    ],
    ...weeks.map((week) => [
      week.week,
      week.visits,
      week.missed,
      week.cancelled,
      rounded(week.waitMinutes),
      week.answers,
      rounded(week.quality),
      ...week.qualities,
      ...FEEDBACK_PROBLEMS.map((name) => week.problems[name] ?? 0),
    ]),
  ]);
}
