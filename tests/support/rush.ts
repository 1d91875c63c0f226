import booking from "@/lib/i18n/messages/en/booking.json" with { type: "json" };
import change from "@/lib/i18n/messages/en/change.json" with { type: "json" };
import staff from "@/lib/i18n/messages/en/staff.json" with { type: "json" };
import { type FieldValue, type PlainForm, plainForms, postPlainly } from "./plain-forms";

/** What came of a form: it led on, it was refused with a reason, or a status that no form should answer. */
export type Outcome = "done" | `refused: ${string}` | `status ${number}` | "nothing that we know";

/** What pages say, and what that means. A time that is gone has no form any more that could say why. */
const TITLES: readonly (readonly [title: string, reason: string])[] = [
  ...Object.entries(booking.refused).map(([reason, { title }]) => [title, reason] as const),
  ...Object.entries(change.refused).map(([reason, { title }]) => [title, reason] as const),
  ...Object.entries(staff.refused).map(([reason, { title }]) => [title, reason] as const),
  [change.move.gone.title, "slot_taken"],
];

/** A page's form by its id, as a browser without scripts has it. */
export async function openForm(address: string, id: string, cookie = ""): Promise<PlainForm> {
  const answer = await fetch(address, { headers: { cookie } });
  const form = plainForms(await answer.text(), address).find((candidate) => candidate.id === id);
  if (!form) throw new Error(`${answer.status}: no form "${id}" on the page`);
  return form;
}

/** Sends a form with some fields filled in or changed, as a browser without scripts does. */
export async function send(
  form: PlainForm,
  changes: Readonly<Record<string, string>>,
  cookie = "",
): Promise<{ outcome: Outcome; answer: Response }> {
  const kept = form.fields.filter(([name]) => !Object.hasOwn(changes, name));
  const fields: FieldValue[] = [...kept, ...Object.entries(changes)];
  const answer = await postPlainly(form, fields, { cookie });
  return { outcome: await outcomeOf(answer), answer };
}

async function outcomeOf(answer: Response): Promise<Outcome> {
  const html = await answer.text();
  if (answer.status === 303) return "done";
  if (answer.status >= 400) return `status ${answer.status}`;
  // All words of a page travel in its scripts as well; only what is shown counts.
  const shown = html.replaceAll(/<script[\s\S]*?<\/script>/g, "");
  const known = TITLES.find(([title]) => shown.includes(title));
  return known ? `refused: ${known[1]}` : "nothing that we know";
}

/** How often each outcome came. */
export function tally(outcomes: readonly Outcome[]): Partial<Record<Outcome, number>> {
  const counts: Partial<Record<Outcome, number>> = {};
  for (const outcome of outcomes) counts[outcome] = (counts[outcome] ?? 0) + 1;
  return counts;
}
