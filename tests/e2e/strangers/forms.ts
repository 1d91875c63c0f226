import { runningPortal } from "@/tests/support/browser-setup";
import { expect } from "@/tests/support/fixtures";
import {
  type FieldValue,
  isAction,
  type PlainForm,
  plainForms,
  postPlainly,
} from "@/tests/support/plain-forms";
import { type Person, pathOf, type Stage } from "./people";

/** The forms of one page that call actions, as somebody who may see it has them. */
export async function formsOf(stage: Stage, route: string, owner: Person): Promise<PlainForm[]> {
  const address = `${runningPortal().url}${pathOf(route, stage)}`;
  const answer = await fetch(address, { headers: { cookie: stage.cookies.get(owner) ?? "" } });
  return plainForms(await answer.text(), address).filter(isAction);
}

/**
 * Sends a form of one page as somebody whose it is not: that nothing fails over it, and that the answer tells them nothing of the patient. What
 * they send may come back to them: only what they did not know counts, so that the patient's own words are left out.
 */
export async function sendAsStranger(
  { marks, cookies }: Stage,
  { form, route }: { form: PlainForm; route: string },
  fields: readonly FieldValue[],
  person: Person,
): Promise<void> {
  const unmarked = fields.map(
    ([name, value]): FieldValue => [
      name,
      marks.reduce((text, mark) => text.replaceAll(mark, "Somebody"), value),
    ],
  );
  const answer = await postPlainly(form, unmarked, { cookie: cookies.get(person) ?? "" });
  const what = `${form.id} of ${route} sent by ${person}`;
  const text = await answer.text();
  expect.soft(answer.status, what).toBeLessThan(500);
  for (const mark of marks) expect.soft(text.includes(mark), `${what} says ${mark}`).toBe(false);
}
