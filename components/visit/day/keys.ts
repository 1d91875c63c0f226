/** A key pressed as a command, not typed into a field or held with another. */
export const isCommand = (event: KeyboardEvent): boolean =>
  !event.ctrlKey &&
  !event.metaKey &&
  !event.altKey &&
  !event.defaultPrevented &&
  !(
    event.target instanceof HTMLElement &&
    event.target.closest("input, textarea, select, dialog, [role=dialog], [contenteditable]")
  );

/**
 * Follows commands of the keyboard while a view is open.
 *
 * @param commands by key, lower case
 * @returns what ends it
 */
export function followKeys(commands: Readonly<Record<string, () => void>>): () => void {
  function press(event: KeyboardEvent) {
    const key = event.key.toLowerCase();
    const command = Object.hasOwn(commands, key) ? commands[key] : undefined;
    if (!command || !isCommand(event)) return;
    // The key shall not be typed into the field that the command opens.
    event.preventDefault();
    command();
  }
  document.addEventListener("keydown", press);
  return () => document.removeEventListener("keydown", press);
}

/** Opens a disclosure and leads to the first thing in it; some are there twice, and one is hidden. */
export function openDetails(selector: string): void {
  const shown = [...document.querySelectorAll<HTMLElement>(selector)].find(
    (element) => element.offsetParent !== null,
  );
  const details = shown?.closest("details") ?? shown?.querySelector("details");
  if (!details) return;
  details.open = true;
  details.querySelector<HTMLElement>("textarea, input:not([type=hidden])")?.focus();
}
