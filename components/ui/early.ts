/** What is typed and chosen in, and takes a text. */
export type TextField = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

declare global {
  /** The last click on this page, whatever it hit. */
  var lastClick: Event | undefined;
  /** What was last entered into each field. */
  var enteredTexts: WeakMap<EventTarget, string> | undefined;
}

/**
 * Runs before anything else of a page. It hears everything first: React, which listens at the document, ends events over a part that it cannot
 * bring to life yet.
 */
export const EARLY_SCRIPT = [
  "enteredTexts=new WeakMap",
  'addEventListener("click",(event)=>{lastClick=event},true)',
  'addEventListener("input",({target})=>{enteredTexts.set(target,target.value)},true)',
].join(";");

/**
 * The click by which a button was pressed before it came to life, if that was the last on the page. One that is under way has brought the
 * button to life, and React hands it on by itself. Buttons that send a form need none of this, the browser sends it.
 */
export function earlyPressOf(button: HTMLButtonElement): Event | undefined {
  const click = globalThis.lastClick;
  if (button.type !== "button" || click?.eventPhase !== Event.NONE) return undefined;
  return click.target instanceof Element && click.target.closest("button") === button ? click : undefined;
}

/** Presses a button anew, unless something else has been pressed since. */
export function pressAnew(button: HTMLButtonElement, click: Event): void {
  if (globalThis.lastClick === click) button.click();
}

/** What was entered into a field before it came to life. */
export const earlyTextOf = (field: TextField): string | undefined => globalThis.enteredTexts?.get(field);

/** Shows in a field what was entered there: React has put back what the server wrote. What is typed from now on goes on from it. */
export function showEarlyText(field: TextField): true | undefined {
  const text = earlyTextOf(field);
  if (text === undefined) return undefined;
  setText(field, text);
  return true;
}

/** Enters what a field holds as a person would, so that React hears of it. */
export function enterAnew(field: TextField): void {
  const text = earlyTextOf(field);
  if (text !== undefined) enterText(field, text);
}

/** Enters a text as a person would, so that React hears of it. */
export function enterText(field: TextField, text: string): void {
  const caret = "selectionStart" in field ? ([field.selectionStart, field.selectionEnd] as const) : undefined;
  // React watches a field by a property of its own, and hears only of what is not what it has seen there.
  field.value = `${text} `;
  setText(field, text);
  if (caret?.[0] != null && document.activeElement === field && "setSelectionRange" in field)
    field.setSelectionRange(...caret);
  for (const name of ["input", "change"]) field.dispatchEvent(new Event(name, { bubbles: true }));
}

/** By the property of all such fields, which React does not watch. */
const setText = (field: TextField, text: string) =>
  Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field), "value")?.set?.call(field, text);

/** Answers a box or an answer of several as it was before it came to life, where that is not what the page holds it to be. */
export function tickAnew(box: HTMLInputElement, isChecked: boolean): void {
  box.checked = isChecked;
  box.click();
}
