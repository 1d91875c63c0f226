/** The invented clinic's patients, as obviously invented as its practitioners. */

export type SeedPatient = { name: string; locale: "en" | "ru"; timeZone: string };

const ENGLISH = [
  "Anna Sample",
  "Bruno Muster",
  "Clara Exemple",
  "David Placeholder",
  "Ella Voorbeeld",
  "Frank Specimen",
  "Gina Esempio",
  "Hugo Beispiel",
  "Ida Eksempel",
  "John Example",
  "Katja Mustermann",
  "Leo Przykład",
  "Maria Ejemplo",
  "Noah Sample",
  "Olivia Exempel",
  "Peter Beispiel",
  "Quinn Placeholder",
  "Rosa Esempio",
];
const RUSSIAN = [
  "Алла Примерова",
  "Борис Образцов",
  "Вера Тестова",
  "Глеб Примеров",
  "Дарья Образцова",
  "Егор Тестов",
  "Жанна Примерова",
  "Захар Образцов",
  "Инна Тестова",
  "Кирилл Примеров",
];

/** The demonstration's patients beside the one with an account. */
export const PATIENTS: readonly SeedPatient[] = [
  ...ENGLISH.map((name, index) => ({
    name,
    locale: "en" as const,
    timeZone: ["Europe/Berlin", "Europe/London", "America/New_York"][index % 3] ?? "Europe/Berlin",
  })),
  ...RUSSIAN.map((name, index) => ({
    name,
    locale: "ru" as const,
    timeZone: ["Europe/Moscow", "Asia/Almaty"][index % 2] ?? "Europe/Moscow",
  })),
];

export const REASONS: Record<SeedPatient["locale"], readonly string[]> = {
  en: [
    "Invented: headaches for two weeks, mostly in the morning.",
    "Invented: results of the last blood test.",
    "Invented: a cough that does not go away.",
    "Invented: the medicine makes me sleepy.",
    "Invented: a second opinion before an operation.",
    "Invented: a rash on the left hand.",
  ],
  ru: [
    "Вымышлено: две недели болит голова, чаще по утрам.",
    "Вымышлено: обсудить результаты анализов.",
    "Вымышлено: не проходит кашель.",
    "Вымышлено: от лекарства клонит в сон.",
    "Вымышлено: нужно второе мнение перед операцией.",
    "Вымышлено: сыпь на левой руке.",
  ],
};
