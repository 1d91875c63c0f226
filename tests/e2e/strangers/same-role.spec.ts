import { isId, newId } from "@/lib/core/ids";
import { toDate } from "@/lib/time/instant";
import { runningPortal } from "@/tests/support/browser-setup";
import { expect, test } from "@/tests/support/fixtures";
import { isAction, type PlainForm, plainForms, postPlainly } from "@/tests/support/plain-forms";
import { withRows } from "../practice";
import { cookieOf } from "../steps";
import { PAGES } from "./doors";
import { openStage, PEOPLE, type Person, pathOf, type Stage } from "./people";
import { sumsOfRows } from "./rows";

/*
 * Pages that everybody of a role has, each with forms about what is theirs: those of the first one, with every id in them, sent by the
 * second.
 */

let stage: Stage;
test.beforeAll(async () => {
  stage = await openStage(runningPortal());
  await stageOwn();
});

/** What the first practitioner has on pages of their own, another browser of theirs among it. */
async function stageOwn(): Promise<void> {
  const { practitionerId, account } = stage.practice;
  await cookieOf(runningPortal(), account);
  await withRows(runningPortal(), async (database, now) => {
    const createdAt = toDate(now);
    const [startOn, endOn] = [toDate(now.add({ hours: 24 * 200 })), toDate(now.add({ hours: 24 * 201 }))];
    await database.timeOff.create({
      data: { id: newId(), practitionerId, startOn, startTime: "00:00", endOn, endTime: "00:00", createdAt },
    });
    await database.summaryTemplate.create({
      data: { id: newId(), practitionerId, title: "Invented", text: "Invented", locale: "en", createdAt },
    });
  });
}

/** Whose page it is, of those who have a double. */
const ownersOf = (who: readonly Person[]) => who.flatMap((owner) => doubleOf(owner) ?? []);
const doubleOf = (owner: Person) => {
  const other = PEOPLE.find((person) => person === `other ${owner}`);
  return other && { owner, other };
};

async function formsWithIds(route: string, owner: Person): Promise<PlainForm[]> {
  const address = `${runningPortal().url}${pathOf(route, stage)}`;
  const answer = await fetch(address, { headers: { cookie: stage.cookies.get(owner) ?? "" } });
  return plainForms(await answer.text(), address).filter(
    (form) => isAction(form) && form.fields.some(([name, value]) => !name.startsWith("$") && isId(value)),
  );
}

test("a form with the ids of one does nothing in the hands of another of the same role", async () => {
  test.setTimeout(240_000);
  const tried = new Set<string>();
  for (const [route, who] of Object.entries(PAGES)) {
    if (typeof who === "string") continue;
    for (const { owner, other } of ownersOf(who)) {
      const forms = await formsWithIds(route, owner);
      const before = await sumsOfRows(runningPortal());
      for (const form of forms) {
        const { field } = form.buttons[0] ?? {};
        const fields = field ? [...form.fields, field] : form.fields;
        const answer = await postPlainly(form, fields, { cookie: stage.cookies.get(other) ?? "" });
        const what = `${form.id} of ${route} sent by the ${other}`;
        const text = await answer.text();
        expect.soft(answer.status, what).toBeLessThan(500);
        for (const mark of stage.marks) expect.soft(text.includes(mark), `${what} says ${mark}`).toBe(false);
        tried.add(`${route} ${owner}`);
      }
      expect.soft(await sumsOfRows(runningPortal()), `what the forms of ${route} changed`).toEqual(before);
    }
  }
  for (const page of ["/schedule practitioner", "/templates practitioner", "/account practitioner"])
    expect.soft([...tried]).toContain(page);
});
