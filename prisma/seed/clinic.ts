import type { WeeklyInterval } from "@/lib/availability/types";
import type { LocalizedText } from "@/lib/directory/types";
import { ALWAYS } from "@/tests/support/factories";

/** The invented clinic. Names say "example", "sample", "muster" and the like in many languages, so that nobody takes them for people. */

export type SeedVisitType = {
  code: "first-visit" | "follow-up" | "quick-call";
  names: LocalizedText;
  durationMinutes: number;
  intervalMinutes: number;
  bufferAfterMinutes: number;
  minNoticeMinutes: number;
  horizonDays: number;
  offeredNow?: boolean;
};

export const VISIT_TYPES: readonly SeedVisitType[] = [
  {
    code: "first-visit",
    names: { en: "First visit", ru: "Первичный приём" },
    durationMinutes: 30,
    intervalMinutes: 30,
    bufferAfterMinutes: 0,
    minNoticeMinutes: 120,
    horizonDays: 60,
  },
  {
    code: "follow-up",
    names: { en: "Follow-up", ru: "Повторный приём" },
    durationMinutes: 15,
    intervalMinutes: 30,
    bufferAfterMinutes: 5,
    minNoticeMinutes: 60,
    horizonDays: 60,
  },
  {
    code: "quick-call",
    names: { en: "Quick call", ru: "Короткий звонок" },
    durationMinutes: 10,
    intervalMinutes: 5,
    bufferAfterMinutes: 0,
    minNoticeMinutes: 0,
    horizonDays: 14,
    offeredNow: true,
  },
];

/** Monday to Friday, twice a day. */
const office = (morning: readonly [string, string], afternoon: readonly [string, string]): WeeklyInterval[] =>
  ([1, 2, 3, 4, 5] as const).flatMap((weekday) =>
    [morning, afternoon].map(([startTime, endTime]) => ({ weekday, startTime, endTime })),
  );

const OFFICE = office(["09:00", "13:00"], ["14:00", "18:00"]);
const EARLY = office(["07:30", "11:30"], ["12:00", "15:00"]);
const EVENINGS: WeeklyInterval[] = [
  ...([1, 2, 4] as const).map((weekday) => ({ weekday, startTime: "15:00", endTime: "21:00" })),
  { weekday: 6, startTime: "10:00", endTime: "14:00" },
];
/** A night shift that ends on the next day. */
const NIGHTS: WeeklyInterval[] = ([2, 4, 5] as const).map((weekday) => ({
  weekday,
  startTime: "20:00",
  endTime: "02:00",
}));

export type SeedPractitioner = {
  displayName: string;
  specialtyCode: string;
  languages: string[];
  timeZone: string;
  hours: readonly WeeklyInterval[];
  visitTypes: readonly SeedVisitType["code"][];
  introductions: LocalizedText;
  /** An account of the sandbox's, with which visits are entered; without one, as a guest. */
  trueconfUser?: string;
};

const SCHEDULED = ["first-visit", "follow-up"] as const;
const ALL = ["first-visit", "follow-up", "quick-call"] as const;

/**
 * Twelve practitioners of six specialties in four time zones. The first is the demonstration's own: always on duty and without
 * notice, so that a visit can be booked for now.
 */
export const PRACTITIONERS: readonly [SeedPractitioner, ...SeedPractitioner[]] = [
  {
    displayName: "Dr Ada Example",
    specialtyCode: "general-practice",
    languages: ["en", "de", "ru"],
    timeZone: "Europe/Berlin",
    hours: ALWAYS,
    visitTypes: ALL,
    introductions: {
      en: "General practitioner. On duty around the clock in this demonstration.",
      ru: "Врач общей практики. В этой демонстрации принимает круглосуточно.",
    },
  },
  {
    displayName: "Dr Ben Muster",
    specialtyCode: "general-practice",
    languages: ["de", "en"],
    timeZone: "Europe/Berlin",
    hours: OFFICE,
    visitTypes: ALL,
    introductions: {
      en: "General practitioner for the whole family.",
      ru: "Врач общей практики для всей семьи.",
    },
    trueconfUser: "doctor_one",
  },
  {
    displayName: "Dr Olga Primerova",
    specialtyCode: "cardiology",
    languages: ["ru", "en"],
    timeZone: "Europe/Moscow",
    hours: OFFICE,
    visitTypes: SCHEDULED,
    introductions: {
      en: "Cardiologist: blood pressure, rhythm, life after an operation.",
      ru: "Кардиолог: давление, ритм сердца, жизнь после операции.",
    },
  },
  {
    displayName: "Dr Ivan Obraztsov",
    specialtyCode: "cardiology",
    languages: ["ru"],
    timeZone: "Europe/Moscow",
    hours: EVENINGS,
    visitTypes: SCHEDULED,
    introductions: { en: "Cardiologist, in the evenings.", ru: "Кардиолог, вечерний приём." },
  },
  {
    displayName: "Dr Carla Esempio",
    specialtyCode: "dermatology",
    languages: ["it", "en", "de"],
    timeZone: "Europe/Berlin",
    hours: EARLY,
    visitTypes: SCHEDULED,
    introductions: {
      en: "Dermatologist. Please have good light on what you want to show.",
      ru: "Дерматолог. Позаботьтесь о хорошем свете на том, что хотите показать.",
    },
  },
  {
    displayName: "Dr Dan Placeholder",
    specialtyCode: "dermatology",
    languages: ["en", "es"],
    timeZone: "America/New_York",
    hours: OFFICE,
    visitTypes: SCHEDULED,
    introductions: { en: "Dermatologist: skin, hair and nails.", ru: "Дерматолог: кожа, волосы и ногти." },
  },
  {
    displayName: "Dr Erika Beispiel",
    specialtyCode: "paediatrics",
    languages: ["de", "en"],
    timeZone: "Europe/Berlin",
    hours: EARLY,
    visitTypes: ALL,
    introductions: {
      en: "Paediatrician. Parents are welcome to come without the child first.",
      ru: "Педиатр. Родители могут сначала прийти без ребёнка.",
    },
  },
  {
    displayName: "Dr Farid Namuna",
    specialtyCode: "paediatrics",
    languages: ["kk", "ru", "en"],
    timeZone: "Asia/Almaty",
    hours: OFFICE,
    visitTypes: SCHEDULED,
    introductions: { en: "Paediatrician, from birth to school.", ru: "Педиатр, от рождения до школы." },
  },
  {
    displayName: "Grace Sample",
    specialtyCode: "psychology",
    languages: ["en"],
    timeZone: "America/New_York",
    hours: EVENINGS,
    visitTypes: SCHEDULED,
    introductions: { en: "Psychologist for adults, in the evenings.", ru: "Психолог для взрослых, вечером." },
  },
  {
    displayName: "Hana Vzorová",
    specialtyCode: "psychology",
    languages: ["cs", "en", "ru"],
    timeZone: "Europe/Berlin",
    hours: OFFICE,
    visitTypes: SCHEDULED,
    introductions: { en: "Psychologist: sleep, fear, stress.", ru: "Психолог: сон, страх, стресс." },
  },
  {
    displayName: "Dr Jack Specimen",
    specialtyCode: "neurology",
    languages: ["en", "fr"],
    timeZone: "America/New_York",
    hours: NIGHTS,
    visitTypes: SCHEDULED,
    introductions: { en: "Neurologist on night duty.", ru: "Невролог, ночной приём." },
  },
  {
    displayName: "Dr Kamila Ülgi",
    specialtyCode: "neurology",
    languages: ["kk", "ru"],
    timeZone: "Asia/Almaty",
    hours: EARLY,
    visitTypes: SCHEDULED,
    introductions: {
      en: "Neurologist: headaches and dizziness.",
      ru: "Невролог: головная боль и головокружение.",
    },
  },
];
