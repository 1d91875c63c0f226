const KEY = "visit-device";

/** For a browser that stores nothing: every page is then a device of its own. */
let ofThisPage: string | undefined;

/** A random word by which the portal tells one person's devices apart; it says nothing about them. */
export function thisDevice(): string {
  try {
    const known = localStorage.getItem(KEY);
    if (known) return known;
    const made = newWord();
    localStorage.setItem(KEY, made);
    return made;
  } catch {
    ofThisPage ??= newWord();
    return ofThisPage;
  }
}

/** Not `randomUUID`, which exists on safe origins only. */
const newWord = (): string =>
  [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
