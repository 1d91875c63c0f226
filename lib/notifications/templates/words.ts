import { createTranslator } from "use-intl/core";
import type { Locale } from "@/lib/i18n/locales";
import { loadMessages } from "@/lib/i18n/messages";
import type { MailContent } from "@/lib/mail/content";
import type { MomentDto } from "@/lib/time/format";

/** The mails' messages in one language. A message that cannot be worded throws: no half-worded mail goes out. */
export const mailWords = async (locale: Locale) =>
  createTranslator({
    locale,
    messages: await loadMessages(locale),
    namespace: "mail",
    onError(error) {
      throw error;
    },
  });

export type MailWords = Awaited<ReturnType<typeof mailWords>>;

/** What a template says; language and direction are the recipient's. */
export type Letter = Omit<MailContent, "locale" | "direction">;

/** A visit as mails speak of it, on the recipient's clock. */
export type MailedVisit = {
  starts: MomentDto;
  endTime: string;
  /** The same moment on the practitioner's clock, where that shows something else. */
  theirStart: MomentDto | null;
  durationMinutes: number;
  visitType: string;
  practitionerName: string;
};

/** Short enough for a subject: it names a time, and neither a person nor what the visit is for. */
export const subjectTimes = ({ starts }: MailedVisit) => ({ date: starts.shortDate, time: starts.time });
