import type { LocalizedText } from "./types";

export const DISPLAY_NAME_MAX_LENGTH = 120;
export const INTRODUCTION_MAX_LENGTH = 600;
export const VISIT_TYPE_NAME_MAX_LENGTH = 60;

/** Bounds of a visit type's numbers, in the unit of each name; the database's CHECK has the same. */
export const VISIT_TYPE_BOUNDS = {
  durationMinutes: { min: 5, max: 480 },
  intervalMinutes: { min: 5, max: 480 },
  bufferBeforeMinutes: { min: 0, max: 120 },
  bufferAfterMinutes: { min: 0, max: 120 },
  minNoticeMinutes: { min: 0, max: 43_200 },
  horizonDays: { min: 1, max: 366 },
  maxPerDay: { min: 1, max: 500 },
  changeNoticeMinutes: { min: 0, max: 43_200 },
  reminderMinutes: { min: 5, max: 43_200 },
} as const;

/** How many reminders a visit type may have; the database's CHECK has the same. */
export const MAX_REMINDERS = 4;

/**
 * What a clinic can choose from before it has a practitioner. A specialty becomes a row with its first practitioner, so that
 * patients are never offered an empty one.
 */
export const SPECIALTIES: Readonly<Record<string, LocalizedText>> = {
  allergology: { en: "Allergology", ru: "Аллергология" },
  cardiology: { en: "Cardiology", ru: "Кардиология" },
  dermatology: { en: "Dermatology", ru: "Дерматология" },
  dietetics: { en: "Dietetics", ru: "Диетология" },
  endocrinology: { en: "Endocrinology", ru: "Эндокринология" },
  gastroenterology: { en: "Gastroenterology", ru: "Гастроэнтерология" },
  "general-practice": { en: "General practice", ru: "Общая практика" },
  geriatrics: { en: "Geriatrics", ru: "Гериатрия" },
  gynaecology: { en: "Gynaecology", ru: "Гинекология" },
  haematology: { en: "Haematology", ru: "Гематология" },
  "infectious-diseases": { en: "Infectious diseases", ru: "Инфекционные болезни" },
  midwifery: { en: "Midwifery", ru: "Акушерство" },
  nephrology: { en: "Nephrology", ru: "Нефрология" },
  neurology: { en: "Neurology", ru: "Неврология" },
  nursing: { en: "Nursing", ru: "Сестринское дело" },
  oncology: { en: "Oncology", ru: "Онкология" },
  ophthalmology: { en: "Ophthalmology", ru: "Офтальмология" },
  orthopaedics: { en: "Orthopaedics", ru: "Ортопедия" },
  otolaryngology: { en: "Ear, nose and throat", ru: "Оториноларингология" },
  paediatrics: { en: "Paediatrics", ru: "Педиатрия" },
  physiotherapy: { en: "Physiotherapy", ru: "Физиотерапия" },
  psychiatry: { en: "Psychiatry", ru: "Психиатрия" },
  psychology: { en: "Psychology", ru: "Психология" },
  pulmonology: { en: "Pulmonology", ru: "Пульмонология" },
  rheumatology: { en: "Rheumatology", ru: "Ревматология" },
  "speech-therapy": { en: "Speech therapy", ru: "Логопедия" },
  surgery: { en: "Surgery", ru: "Хирургия" },
  urology: { en: "Urology", ru: "Урология" },
};

/** Languages a visit can be held in, as ISO 639-1 codes; their names come from `Intl` in the reader's language. */
export const VISIT_LANGUAGES = [
  "ar",
  "be",
  "bg",
  "cs",
  "de",
  "el",
  "en",
  "es",
  "fa",
  "fr",
  "he",
  "hi",
  "hy",
  "it",
  "ja",
  "ka",
  "kk",
  "ky",
  "lt",
  "lv",
  "nl",
  "pl",
  "pt",
  "ro",
  "ru",
  "sr",
  "tg",
  "tr",
  "uk",
  "uz",
  "vi",
  "zh",
] as const;
