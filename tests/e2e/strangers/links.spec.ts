import { newId } from "@/lib/core/ids";
import { runningPortal } from "@/tests/support/browser-setup";
import { PDF } from "@/tests/support/files";
import { expect, test } from "@/tests/support/fixtures";
import { isAction, plainForms, postPlainly } from "@/tests/support/plain-forms";
import { stageThirdPerson, stageWaiting, withRows } from "../practice";
import { putIntoMessage } from "../talk";
import { PAGES, ROUTES, searchOf } from "./doors";
import { openStage, pathOf, type Stage } from "./people";

/*
 * Whoever has the personal link of another visit: at every door that a link opens, on its way to the first visit. Theirs opens theirs, and
 * is worth nothing beside what is somebody else's. A place in the line has nothing beside its link that could be mixed with another's.
 */

let stage: Stage;
/** The same with the links of the other visit, its place on the waitlist and its third person. */
let other: Stage;
test.beforeAll(async () => {
  stage = await openStage(runningPortal());
  other = {
    ...stage,
    visit: stage.foreign,
    waiting: await stageWaiting(runningPortal(), stage.practice),
    thirdToken: await stageThirdPerson(runningPortal(), stage.foreign.appointmentId),
  };
});

const HELD = Object.entries(PAGES).flatMap(([route, who]) =>
  who === "holder" && /^\/[vwt]\//.test(route) ? [route] : [],
);

/** What there is of the first visit and its patient, and of nobody else. */
const ownRows = (): Promise<string> =>
  withRows(runningPortal(), async (database) => {
    const { appointmentId } = stage.visit;
    const { patientId, conversationId } = stage;
    const rows = [
      await database.appointment.findMany({ where: { patientId }, orderBy: { id: "asc" } }),
      await database.slot.findMany({ where: { patientId }, orderBy: { id: "asc" } }),
      await database.waitlistEntry.findMany({ where: { patientId }, orderBy: { id: "asc" } }),
      await database.thirdPerson.findMany({
        where: { encounter: { appointmentId } },
        orderBy: { id: "asc" },
      }),
      await database.conversation.findMany({ where: { patientId }, orderBy: { id: "asc" } }),
      await database.message.findMany({ where: { conversationId }, orderBy: { id: "asc" } }),
      await database.consent.findMany({ where: { patientId }, orderBy: { id: "asc" } }),
    ];
    return JSON.stringify(rows, (_, value) => (typeof value === "bigint" ? `${value}` : value));
  });

const seesNothing = (text: string, what: string) => {
  for (const mark of stage.marks) expect.soft(text.includes(mark), `${what} says ${mark}`).toBe(false);
};

test("their link shows their own visit", async () => {
  let shown = 0;
  for (const route of HELD) {
    const answer = await fetch(`${runningPortal().url}${pathOf(route, other)}`, { redirect: "manual" });
    // Some of it is for people without an account alone.
    expect.soft(answer.status, route).toBeLessThan(500);
    if (answer.status < 400) shown += 1;
    seesNothing(await answer.text(), route);
  }
  expect(shown).toBeGreaterThan(6);
});

test("the forms of the first visit do nothing to it by their link", async () => {
  test.setTimeout(120_000);
  const before = await ownRows();
  let tried = 0;
  for (const route of HELD) {
    const address = `${runningPortal().url}${pathOf(route, stage)}`;
    const forms = plainForms(await (await fetch(address)).text(), address).filter(isAction);
    const [own, foreign] = [pathOf(route, stage), pathOf(route, other)].map(
      (path) => path.split("/")[2] ?? "",
    );
    for (const form of forms) {
      const { field } = form.buttons[0] ?? {};
      const fields = (field ? [...form.fields, field] : form.fields).map(
        ([name, value]): [string, string] => [name, value.replaceAll(own ?? "", foreign ?? "")],
      );
      const answer = await postPlainly(form, fields);
      expect.soft(answer.status, `${form.id} of ${route}`).toBeLessThan(500);
      tried += 1;
    }
  }
  expect(tried).toBeGreaterThan(5);
  expect(await ownRows()).toBe(before);
});

test("the calls of the first visit are not there by their link, nor those of its conversation", async () => {
  const before = await ownRows();
  const body = {
    ...{ token: stage.foreign.token, as: "patient", query: "invented", before: 5, delivered: 1, read: 1 },
    ...{ entry: "guest", browser: true, camera: true, microphone: true, speaker: true, network: true },
  };
  const post = async (path: string) => {
    const answer = await fetch(`${runningPortal().url}${path}`, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        origin: runningPortal().url,
        // Where the body is a file.
        authorization: `Bearer ${stage.foreign.token}`,
      },
      body: JSON.stringify(body),
    });
    return `${answer.status} ${await answer.text()}`;
  };
  const doors = Object.keys(ROUTES).filter((route) => /^\/api\/(visits|conversations)\//.test(route));
  expect(doors.length).toBeGreaterThan(10);
  for (const route of doors) {
    const [visit, talk] = [stage.visit.appointmentId, stage.conversationId];
    const pathWith = (appointmentId: string, conversationId: string) =>
      route
        .replace("[appointmentId]", appointmentId)
        .replace("[conversationId]", conversationId)
        .replace("[attachmentId]", newId()) + searchOf(route);
    const answer = await post(pathWith(visit, talk));
    expect.soft(answer, route).toMatch(/^4/);
    expect.soft(answer, route).toBe(await post(pathWith(newId(), newId())));
    seesNothing(answer, route);
  }
  expect(await ownRows()).toBe(before);
});

test("a file of the first conversation is not there by their link", async () => {
  const portal = runningPortal();
  const { conversationId, visit, foreign } = stage;
  const form = new FormData();
  form.set("file", new File([PDF], "invented.pdf", { type: "application/pdf" }));
  const taken = await fetch(`${portal.url}/api/conversations/${conversationId}/files?as=patient`, {
    method: "POST",
    headers: { origin: portal.url, authorization: `Bearer ${visit.token}` },
    body: form,
  });
  const { attachmentId } = (await taken.json()) as { attachmentId: string };
  await putIntoMessage(portal, stage, [attachmentId]);
  const ask = async (token: string, id: string) => {
    const answer = await fetch(`${portal.url}/v/${token}/files/${id}`);
    return `${answer.status} ${await answer.text()}`;
  };
  await expect.poll(() => ask(visit.token, attachmentId), { timeout: 30_000 }).toMatch(/^200 %PDF/);
  expect(await ask(foreign.token, attachmentId)).toBe(await ask(foreign.token, newId()));
  expect(await ask(foreign.token, attachmentId)).toMatch(/^404/);
});
