import { runningPortal } from "@/tests/support/browser-setup";
import { expect, test } from "@/tests/support/fixtures";
import {
  type FieldValue,
  isAction,
  type PlainForm,
  plainForms,
  postPlainly,
} from "@/tests/support/plain-forms";
import { PAGES } from "./doors";
import { openStage, PEOPLE, type Person, pathOf, type Stage } from "./people";
import { sumsOfRows } from "./rows";

/*
 * The forms of the pages of one patient, one practitioner and an administrator, sent by everybody else just as they stand there: with every
 * field and every hidden value right, to the very address that shows them. Only whose cookie comes along is wrong.
 */

let stage: Stage;
test.beforeAll(async () => {
  stage = await openStage(runningPortal());
});

/** What everybody may send, on whatever page it stands. */
const OF_ALL = /sign-out|sign-in|locale|theme|time-?zone-choice|language/;

/** What a stranger sends may come back to them: only what they did not know counts, so that the patient's own words are left out. */
const unmarked = ([name, value]: FieldValue): FieldValue => [
  name,
  stage.marks.reduce((text, mark) => text.replaceAll(mark, "Somebody"), value),
];

async function formsOf(route: string, owner: Person): Promise<PlainForm[]> {
  const address = `${runningPortal().url}${pathOf(route, stage)}`;
  const answer = await fetch(address, { headers: { cookie: stage.cookies.get(owner) ?? "" } });
  return plainForms(await answer.text(), address).filter((form) => isAction(form) && !OF_ALL.test(form.id));
}

test("a form in the wrong hands does nothing", async () => {
  test.setTimeout(300_000);
  let tried = 0;
  for (const [route, who] of Object.entries(PAGES)) {
    if (typeof who === "string") continue;
    const owner = who.find((person) => !person.startsWith("other"));
    if (!owner) continue;
    const forms = await formsOf(route, owner);
    const strangers = PEOPLE.filter((person) => !who.includes(person));
    const before = await sumsOfRows(runningPortal());
    for (const form of forms) {
      for (const person of strangers) {
        const { field } = form.buttons[0] ?? {};
        const fields = (field ? [...form.fields, field] : form.fields).map(unmarked);
        const answer = await postPlainly(form, fields, { cookie: stage.cookies.get(person) ?? "" });
        const what = `${form.id} of ${route} sent by ${person}`;
        const text = await answer.text();
        expect.soft(answer.status, what).toBeLessThan(500);
        for (const mark of stage.marks) expect.soft(text.includes(mark), `${what} says ${mark}`).toBe(false);
        tried += 1;
      }
    }
    expect.soft(await sumsOfRows(runningPortal()), `what the forms of ${route} changed`).toEqual(before);
  }
  expect(tried).toBeGreaterThan(100);
});
