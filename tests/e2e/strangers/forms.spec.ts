import { runningPortal } from "@/tests/support/browser-setup";
import { expect, test } from "@/tests/support/fixtures";
import { PAGES } from "./doors";
import { formsOf, sendAsStranger } from "./forms";
import { openStage, PEOPLE, type Stage } from "./people";
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

test("a form in the wrong hands does nothing", async () => {
  test.setTimeout(300_000);
  let tried = 0;
  for (const [route, who] of Object.entries(PAGES)) {
    if (typeof who === "string") continue;
    const owner = who.find((person) => !person.startsWith("other"));
    if (!owner) continue;
    const forms = (await formsOf(stage, route, owner)).filter(({ id }) => !OF_ALL.test(id));
    const strangers = PEOPLE.filter((person) => !who.includes(person));
    const before = await sumsOfRows(runningPortal());
    for (const form of forms) {
      for (const person of strangers) {
        const { field } = form.buttons[0] ?? {};
        const fields = field ? [...form.fields, field] : form.fields;
        await sendAsStranger(stage, { form, route }, fields, person);
        tried += 1;
      }
    }
    expect.soft(await sumsOfRows(runningPortal()), `what the forms of ${route} changed`).toEqual(before);
  }
  expect(tried).toBeGreaterThan(100);
});
