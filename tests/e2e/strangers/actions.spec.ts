import { runningPortal } from "@/tests/support/browser-setup";
import { expect, test } from "@/tests/support/fixtures";
import { ACTIONS } from "./doors";
import { type BuiltAction, builtActions } from "./inventory";
import { openStage, PEOPLE, type Person, pathOf, type Stage } from "./people";
import { sumsOfRows } from "./rows";
import { HEADERS } from "./ways";

/*
 * Everybody at every server action, called by its id as only a forged request does: whatever page shows its form, and to whom. An action that
 * is somebody else's says so before it looks at what was sent.
 */

let stage: Stage;
test.beforeAll(async () => {
  stage = await openStage(runningPortal());
});

/** A page of each layout, from which a forged call may pretend to come. */
const LAYOUTS = ["/", "/account", "/visits", "/agenda", "/admin", "/v/[token]", "/w/[token]", "/t/[token]"];

/** A call with no state and an empty form, as React writes it. */
async function call({ id }: BuiltAction, person: Person, headers: Record<string, string> = {}, layout = "/") {
  const body = new FormData();
  body.append("1_forged", "1");
  body.append("0", JSON.stringify(["$undefined", "$K1"]));
  const cookie = stage.cookies.get(person) ?? "";
  const answer = await fetch(`${runningPortal().url}${pathOf(layout, stage)}`, {
    method: "POST",
    redirect: "manual",
    headers: { "next-action": id, origin: runningPortal().url, ...(cookie && { cookie }), ...headers },
    body,
  });
  return { status: answer.status, text: await answer.text() };
}

test("every server action has a row in the table", () => {
  const built = builtActions().map(({ name }) => name);
  expect([...new Set(built)].toSorted()).toEqual(Object.keys(ACTIONS).toSorted());
});

/** What asks for a page as its router does calls nothing: Next.js sends it elsewhere first. */
const CALLED = HEADERS.filter((headers) => !("rsc" in headers));

test("no action does anything for somebody who may not call it", async () => {
  test.setTimeout(240_000);
  const before = await sumsOfRows(runningPortal());
  // From one page after another and in one way after another, so that each action is called from and in each of them.
  let turn = 0;
  for (const action of builtActions()) {
    const who = ACTIONS[action.name];
    if (who === undefined || typeof who === "string") continue;
    for (const person of PEOPLE.filter((one) => !who.includes(one))) {
      const [layout, way] = [LAYOUTS[turn % LAYOUTS.length], CALLED[turn % CALLED.length]];
      turn += 1;
      const { status, text } = await call(action, person, way, layout);
      const what = `${action.name} for ${person} from ${layout}: ${status}`;
      expect.soft(status, what).toBeLessThan(500);
      expect.soft(text, what).toContain('"reason":"forbidden"');
    }
  }
  expect(await sumsOfRows(runningPortal())).toEqual(before);
});

test("no action listens to another site's page", async () => {
  test.setTimeout(240_000);
  const before = await sumsOfRows(runningPortal());
  for (const action of builtActions()) {
    for (const origin of ["https://elsewhere.example.org", "null"]) {
      const { status } = await call(action, "administrator", { origin });
      expect.soft(status, `${action.name} from ${origin}`).not.toBe(200);
    }
  }
  expect(await sumsOfRows(runningPortal())).toEqual(before);
});
