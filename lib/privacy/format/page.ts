import type { Temporal } from "temporal-polyfill";
import { createTranslator } from "use-intl/core";
import { directionOf, type Locale } from "@/lib/i18n/locales";
import { loadMessages } from "@/lib/i18n/messages";
import { describeMoment, type Viewer } from "@/lib/time/format";
import { toInstant } from "@/lib/time/instant";
import type { CopyOf, Entry, Person, Section } from "../types";

const STYLE = `
  body { font: 16px/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 46rem; padding: 1.5rem 1rem; color: #16232b; background: #fff }
  h1 { font-size: 1.75rem; line-height: 1.2 } h2 { margin-block-start: 2.5rem; font-size: 1.25rem }
  dl { display: grid; grid-template-columns: minmax(8rem, max-content) 1fr; gap: .25rem 1rem; margin: 0; padding-block: .75rem; border-block-start: 1px solid #ccd5da }
  dt { color: #4a5a63 } dd { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere }
  @media (max-width: 30rem) { dl { grid-template-columns: 1fr; gap: 0 } dd { margin-block-end: .5rem } }
`;

const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
/** Everything that somebody typed passes here: the page is opened from a disk, without the portal's policy. */
const escaped = (text: string): string => text.replace(/[&<>"]/g, (char) => ENTITIES[char] ?? char);

const exportWords = async (locale: Locale) =>
  createTranslator({
    locale,
    messages: await loadMessages(locale),
    namespace: "privacy",
    onError(error) {
      throw error;
    },
  });
type Words = Awaited<ReturnType<typeof exportWords>>;

/** The whole copy as one page without scripts and without anything from elsewhere. */
export async function exportPage({
  clinicName,
  locale,
  person,
  of,
  sections,
  tooLarge,
  now,
}: {
  clinicName: string;
  locale: Locale;
  person: Person;
  of: CopyOf;
  sections: readonly Section[];
  tooLarge: readonly string[];
  now: Temporal.Instant;
}): Promise<string> {
  const t = await exportWords(locale);
  const viewer = { locale, timeZone: person.timeZone };
  const made = describeMoment(now, viewer, now);
  const title = escaped(t(`${of}.title`, { clinic: clinicName }));
  const paragraph = (text: string) => `<p>${escaped(text)}</p>`;
  return [
    `<!doctype html><html lang="${locale}" dir="${directionOf(locale)}"><head><meta charset="utf-8">`,
    `<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="referrer" content="no-referrer">`,
    `<title>${title}</title><style>${STYLE}</style></head><body><main><h1>${title}</h1>`,
    paragraph(t("made", { date: made.date, time: made.time, zone: made.zone })),
    paragraph(t("lead")),
    paragraph(t(`${of}.care`)),
    paragraph(t(`${of}.notes`)),
    ...(tooLarge.length > 0
      ? [paragraph(t("tooLarge")), `<ul>${tooLarge.map((path) => `<li>${escaped(path)}</li>`).join("")}</ul>`]
      : []),
    `<nav aria-labelledby="contents"><h2 id="contents">${escaped(t("contents"))}</h2><ul>`,
    ...sections.map(
      ({ name, entries }) =>
        `<li><a href="#${name}">${escaped(t(`sections.${name}`))}</a> (${entries.length})</li>`,
    ),
    "</ul></nav>",
    ...sections.map(
      ({ name, entries }) =>
        `<section aria-labelledby="${name}"><h2 id="${name}">${escaped(t(`sections.${name}`))}</h2>${
          entries.length > 0
            ? entries.map((entry) => linesOf(entry, t, viewer, now)).join("")
            : paragraph(t("none"))
        }</section>`,
    ),
    "</main></body></html>\n",
  ].join("\n");
}

function linesOf({ lines }: Entry, t: Words, viewer: Viewer, now: Temporal.Instant): string {
  const rows = lines.flatMap(([label, value]) => {
    const text = wordsFor(label, value, t, viewer, now);
    if (text === "") return [];
    const shown =
      label === "file"
        ? `<a href="${text.split("/").map(encodeURIComponent).join("/")}">${escaped(text)}</a>`
        : escaped(text);
    return [`<dt>${escaped(t(`labels.${label}`))}</dt><dd>${shown}</dd>`];
  });
  return `<dl>${rows.join("")}</dl>`;
}

/** Labels whose values are words of ours, where there are words for them. */
const CODED: readonly string[] = ["status", "kind", "by", "outcome", "missedBy", "recorded"];

function wordsFor(
  label: string,
  value: Entry["lines"][number][1],
  t: Words,
  viewer: Viewer,
  now: Temporal.Instant,
): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "object") {
    const { date, time } = describeMoment(toInstant(value), viewer, now);
    return `${date}, ${time}`;
  }
  const text = String(value);
  const key = `values.${text}` as Parameters<Words>[0];
  return CODED.includes(label) && t.has(key) ? t(key as "values.booked") : text;
}
