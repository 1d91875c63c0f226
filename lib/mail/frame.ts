import type { Letterhead, MailContent } from "./content";
import { renderHtml } from "./frame-html";
import { renderText } from "./frame-text";

/** One content as the two bodies of a mail. */
export const frame = (content: MailContent, letterhead: Letterhead): { html: string; text: string } => ({
  html: renderHtml(content, letterhead),
  text: renderText(content, letterhead),
});
