/** The last button that was pressed on this page, until something else is. */
declare global {
  var pressedButton: HTMLButtonElement | undefined;
}

/**
 * Runs before anything else of a page: keeps which button was pressed last. It listens where an event ends, so a button is kept only if
 * React, which listens closer by, has had its say first: one that React brought to life for this very press has got it, and asks no more.
 * Buttons that send a form need none of this, the browser sends it.
 */
export const EARLY_PRESS_SCRIPT =
  'addEventListener("click",(e)=>{const b=e.target instanceof Element&&e.target.closest("button");pressedButton=b&&b.type==="button"?b:undefined})';

/**
 * Whether a button that has just come to life is the last thing that was pressed. Answers yes once.
 *
 * @param button as React has found it in the page that the server wrote
 */
export function takeEarlyPress(button: HTMLButtonElement | null): boolean {
  if (!button || globalThis.pressedButton !== button) return false;
  globalThis.pressedButton = undefined;
  return true;
}
