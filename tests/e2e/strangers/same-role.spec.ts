import { isId, newId } from "@/lib/core/ids";
import { toDate } from "@/lib/time/instant";
import { runningPortal } from "@/tests/support/browser-setup";
import { expect, test } from "@/tests/support/fixtures";
import type { FieldValue, PlainForm } from "@/tests/support/plain-forms";
import { withRows } from "../practice";
import { cookieOf } from "../steps";
import { PAGES } from "./doors";
import { formsOf, sendAsStranger } from "./forms";
import { openStage, PEOPLE, type Person, type Stage } from "./people";
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

/** What the first ones have on pages of their own, another browser of theirs among it. */
async function stageOwn(): Promise<void> {
  const { practitionerId, account } = stage.practice;
  for (const theirs of [account, stage.account]) await cookieOf(runningPortal(), theirs);
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

/** What keeps somebody signed in, which a worker's clock changes in no other way: none of the first ones' is to end. */
const sessionsOf = (owner: Person): Promise<unknown> =>
  withRows(runningPortal(), async (database) => {
    const where = owner === "patient" ? { patient: { id: stage.patientId } } : { id: stage.userId };
    return database.session.findMany({
      where: { user: where },
      select: { id: true, revokedAt: true },
      orderBy: { id: "asc" },
    });
  });

/** Whose page it is, of those who have a double. */
const ownersOf = (who: readonly Person[]) => who.flatMap((owner) => doubleOf(owner) ?? []);
const doubleOf = (owner: Person) => {
  const other = PEOPLE.find((person) => person === `other ${owner}`);
  return other && { owner, other };
};

const hasId = ({ fields }: PlainForm) => fields.some(([name, value]) => !name.startsWith("$") && isId(value));

/** With something in what was left empty, so that it is not refused for that. */
const filled = (fields: readonly FieldValue[], { types }: PlainForm): FieldValue[] =>
  fields.map(([name, value]) => [name, value || (FILLING[types.get(name) ?? ""] ?? "Invented")]);
const FILLING: Readonly<Record<string, string>> = {
  date: "2099-01-01",
  time: "09:00",
  "datetime-local": "2099-01-01T09:00",
  number: "5",
  email: "invented@example.org",
  hidden: "",
};

test("a form with the ids of one does nothing in the hands of another of the same role", async () => {
  test.setTimeout(240_000);
  const tried = new Set<string>();
  for (const [route, who] of Object.entries(PAGES)) {
    if (typeof who === "string") continue;
    for (const { owner, other } of ownersOf(who)) {
      const forms = (await formsOf(stage, route, owner)).filter(hasId);
      const [before, sessions] = [await sumsOfRows(runningPortal()), await sessionsOf(owner)];
      for (const form of forms) {
        for (const { field } of form.buttons) {
          const fields = filled(field ? [...form.fields, field] : form.fields, form);
          await sendAsStranger(stage, { form, route }, fields, other);
          tried.add(`${route} ${owner}`);
        }
      }
      expect.soft(await sumsOfRows(runningPortal()), `what the forms of ${route} changed`).toEqual(before);
      expect.soft(await sessionsOf(owner), `whom the forms of ${route} signed out`).toEqual(sessions);
    }
  }
  const pages = [
    "/schedule practitioner",
    "/templates practitioner",
    "/account practitioner",
    "/account patient",
  ];
  for (const page of pages) expect.soft([...tried]).toContain(page);
});
