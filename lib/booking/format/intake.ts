import type { Locale } from "@/lib/i18n/locales";
import type { ConsentDto, IntakeDto } from "../types/form";
import type { BookedConsentKind, ConsentTextDto, IntakeQuestionDto } from "../types/intake";

/** Questions and texts in one language; a text's paragraphs stand apart by an empty line. */
export const describeIntake = (
  questions: readonly IntakeQuestionDto[],
  consents: readonly ConsentTextDto<BookedConsentKind>[],
  locale: Locale,
): IntakeDto => ({
  questions: questions.map(({ questionId, kind, labels, options, required }) => ({
    questionId,
    kind,
    label: labels[locale],
    options: options.map(({ value, names }) => ({ value, name: names[locale] })),
    required,
  })),
  consents: describeConsents(consents, locale),
});

/** What is to be agreed to, in one language and in its paragraphs. */
export const describeConsents = (
  consents: readonly ConsentTextDto<BookedConsentKind>[],
  locale: Locale,
): ConsentDto[] =>
  consents.map(({ consentTextId, kind, texts }) => ({
    consentTextId,
    kind,
    paragraphs: texts[locale].split(/\n{2,}/),
  }));
