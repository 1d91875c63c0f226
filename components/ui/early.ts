/** What is typed and chosen in, and takes a text. */
export type TextField = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

/** The last button that was pressed on this page, until something else is; and what was last entered into each field. */
declare global {
  var pressedButton: HTMLButtonElement | undefined;
  var enteredTexts: WeakMap<EventTarget, string> | undefined;
}

/**
 * Runs before anything else of a page: keeps which button was pressed last, and what was entered. It listens where an event ends, so a press
 * is kept only if React, which listens closer by, has had its say first: a button that React brought to life for this very press has got it,
 * and asks no more. Buttons that send a form need none of this, the browser sends it.
 */
export const EARLY_SCRIPT = [
  "enteredTexts=new WeakMap",
  'addEventListener("click",({target:t})=>{const b=t instanceof Element&&t.closest("button");pressedButton=b&&b.type==="button"?b:undefined})',
  'addEventListener("input",({target:t})=>{enteredTexts.set(t,t.value)})',
].join(";");

/** Whether a button that has just come to life is the last thing that was pressed. Answers yes once. */
export function takeEarlyPress(button: HTMLButtonElement | null): boolean {
  if (!button || globalThis.pressedButton !== button) return false;
  globalThis.pressedButton = undefined;
  return true;
}

/** What was entered into a field that has just come to life, if anything was: React may have put back what the server wrote. */
export const takeEarlyText = (field: TextField | null): string | undefined =>
  field ? globalThis.enteredTexts?.get(field) : undefined;

/** Enters a text as a person would: React hears of it, which compares with what it knows the field to hold. */
export function enterText(field: TextField, text: string): void {
  field.value = "";
  // React watches the field by a property of its own; the one of all such fields is the browser's.
  Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field), "value")?.set?.call(field, text);
  for (const name of ["input", "change"]) field.dispatchEvent(new Event(name, { bubbles: true }));
}
