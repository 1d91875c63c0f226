/** What staff look a patient up by. */
export type PatientQuery =
  | { by: "email"; email: string }
  | { by: "phone"; digits: string }
  | { by: "name"; words: string[] };

const PHONE = /^\+?[\d ()./-]+$/;
/** Fewer digits would be half the clinic. */
const DIGITS = 6;
/** The last digits of a number are the same with the country's code and without. */
const LOCAL_DIGITS = 9;
const MAX_WORDS = 5;

/** Reads what was typed: an address, a phone number, or a name of two letters and more; `undefined` for what is too little. */
export function readPatientQuery(text: string): PatientQuery | undefined {
  const said = text.trim();
  if (said.includes("@")) return { by: "email", email: said.toLowerCase() };
  if (PHONE.test(said)) {
    const digits = said.replace(/\D/g, "");
    return digits.length >= DIGITS ? { by: "phone", digits: digits.slice(-LOCAL_DIGITS) } : undefined;
  }
  const words = said.split(/[^\p{L}\p{N}'’-]+/u).filter((word) => word.length > 1);
  return words.length > 0 ? { by: "name", words: words.slice(0, MAX_WORDS) } : undefined;
}

/** Longer spellings first, so that `shch` is not read as `sh` and `ch`. */
const SOUNDS: readonly (readonly [latin: string, cyrillic: string])[] = [
  ["shch", "щ"],
  ["zh", "ж"],
  ["kh", "х"],
  ["ts", "ц"],
  ["ch", "ч"],
  ["sh", "ш"],
  ["yu", "ю"],
  ["ya", "я"],
  ["yo", "ё"],
  ["a", "а"],
  ["b", "б"],
  ["v", "в"],
  ["g", "г"],
  ["d", "д"],
  ["e", "е"],
  ["z", "з"],
  ["i", "и"],
  ["y", "й"],
  ["k", "к"],
  ["l", "л"],
  ["m", "м"],
  ["n", "н"],
  ["o", "о"],
  ["p", "п"],
  ["r", "р"],
  ["s", "с"],
  ["t", "т"],
  ["u", "у"],
  ["f", "ф"],
  ["h", "х"],
  ["c", "к"],
  ["j", "й"],
  ["w", "в"],
];
/** Letters that the list above has no single sound for. */
const OTHER_CYRILLIC: Readonly<Record<string, string>> = { ы: "y", э: "e", ь: "", ъ: "" };

const toCyrillic = (word: string): string =>
  SOUNDS.reduce((text, [latin, cyrillic]) => text.replaceAll(latin, cyrillic), word);

const toLatin = (word: string): string =>
  Array.from(
    word,
    (letter) => SOUNDS.find(([, cyrillic]) => cyrillic === letter)?.[0] ?? OTHER_CYRILLIC[letter] ?? letter,
  ).join("");

/** A word as it may stand in a name: as typed, and as it sounds in the other alphabet. */
export function wordForms(word: string): string[] {
  const small = word.toLowerCase();
  return [...new Set([small, toCyrillic(small), toLatin(small)])].filter((form) => form !== "");
}
