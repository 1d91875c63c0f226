// @vitest-environment jsdom
import { beforeEach, describe, expect, it } from "vitest";
import { applyDraft, keepDraft, readDraft, submitterOf, takeDraft } from "./form-draft";

const NOW = 1_800_000_000_000;

const FIELDS = `
  <input name="name"><input name="phone"><input name="phone"><textarea name="reason"></textarea>
  <select name="when"><option value="first">First</option><option value="week">Week</option></select>
  <input type="radio" name="how" value="mail" checked><input type="radio" name="how" value="call">
  <input type="checkbox" name="consent" value="yes"><input type="hidden" name="holdId" value="served-now">
  <button name="intent" value="book">Book</button><button name="intent" value="save">Save</button>`;

function page(fields: string): HTMLFormElement {
  document.body.innerHTML = `<form>${fields}</form>`;
  const form = document.querySelector("form");
  if (!form) throw new Error("the page has no form");
  return form;
}

function fillIn(form: HTMLFormElement) {
  const at = (selector: string) => form.querySelector(selector) as HTMLInputElement;
  at("[name=name]").value = "Ann Example";
  (form.querySelectorAll("[name=phone]")[1] as HTMLInputElement).value = "+49 30 5550 0199";
  at("[name=reason]").value = "a cough\nsince Monday";
  at("[name=when]").value = "week";
  at("[value=call]").checked = true;
  at("[name=consent]").checked = true;
}

beforeEach(() => sessionStorage.clear());

describe("a draft", () => {
  it("brings back every kind of field on the next page, and leaves its hidden fields alone", () => {
    const typed = page(FIELDS);
    fillIn(typed);
    const before = [...new FormData(typed)].filter(([name]) => name !== "holdId");
    expect(keepDraft("book", readDraft(typed, null, NOW))).toBe(true);

    const next = page(FIELDS.replace("served-now", "served-later"));
    const draft = takeDraft("book", NOW + 1000);
    applyDraft(next, draft!);

    const after = [...new FormData(next)];
    expect(after.filter(([name]) => name !== "holdId")).toEqual(before);
    expect(new FormData(next).get("holdId")).toBe("served-later");
  });

  it("tells the page's scripts of what it fills in", () => {
    const typed = page(FIELDS);
    fillIn(typed);
    const draft = readDraft(typed, null, NOW);
    const next = page(FIELDS);
    const heard: string[] = [];
    next.addEventListener("input", (event) => heard.push((event.target as HTMLInputElement).name));
    applyDraft(next, draft);
    expect(heard).toEqual(expect.arrayContaining(["name", "reason", "when", "how", "consent"]));
  });

  it("knows the button that was pressed", () => {
    const form = page(FIELDS);
    const pressed = form.querySelector<HTMLButtonElement>("[value=save]");
    const draft = readDraft(form, pressed, NOW);
    expect(submitterOf(form, draft)).toBe(pressed);
    expect(submitterOf(form, readDraft(form, null, NOW))).toBeNull();
  });

  it("never holds a password, and says that it is not whole", () => {
    const form = page('<input name="email" value="ann@example.org"><input type="password" name="password">');
    expect(readDraft(form, null, NOW).whole).toBe(true);
    (form.querySelector("[type=password]") as HTMLInputElement).value = "not for keeping";
    const draft = readDraft(form, null, NOW);
    expect(draft.whole).toBe(false);
    expect(JSON.stringify(draft)).not.toContain("not for keeping");
  });

  it("is taken once, and not after five minutes", () => {
    const draft = readDraft(page(FIELDS), null, NOW);
    keepDraft("book", draft);
    expect(takeDraft("other", NOW)).toBeNull();
    expect(takeDraft("book", NOW)).not.toBeNull();
    expect(takeDraft("book", NOW)).toBeNull();
    keepDraft("book", draft);
    expect(takeDraft("book", NOW + 5 * 60_000 + 1)).toBeNull();
  });

  it("leaves out what the next page no longer asks", () => {
    const typed = page(FIELDS);
    fillIn(typed);
    const next = page('<input name="name">');
    applyDraft(next, readDraft(typed, null, NOW));
    expect([...new FormData(next)]).toEqual([["name", "Ann Example"]]);
  });
});
