/** What a letter that no accent can be taken from is written as in plain Latin: Cyrillic by sound, the rest by custom. */
const LETTERS: Readonly<Record<string, string>> = {
  ...{
    а: "a",
    б: "b",
    в: "v",
    г: "g",
    д: "d",
    е: "e",
    ж: "zh",
    з: "z",
    и: "i",
    к: "k",
    л: "l",
    м: "m",
    н: "n",
  },
  ...{
    о: "o",
    п: "p",
    р: "r",
    с: "s",
    т: "t",
    у: "u",
    ф: "f",
    х: "kh",
    ц: "ts",
    ч: "ch",
    ш: "sh",
    щ: "shch",
  },
  ...{ ъ: "", ы: "y", ь: "", э: "e", ю: "yu", я: "ya" },
  // Written with an accent by those who do not write Чехов as Chekhov.
  ...{ č: "ch", ć: "ch", š: "sh", ž: "zh" },
  // Ukrainian, Belarusian, Serbian, Kazakh.
  ...{ і: "i", є: "ye", ґ: "g", ђ: "dj", ј: "j", љ: "lj", њ: "nj", ћ: "ch", џ: "dzh" },
  ...{ ә: "a", ғ: "g", қ: "k", ң: "n", ө: "o", ұ: "u", ү: "u", һ: "h" },
  ...{ ß: "ss", æ: "ae", œ: "oe", ø: "o", ł: "l", đ: "d", ð: "d", þ: "th", ı: "i" },
};

/**
 * Spellings of one sound, made the same. The order matters: each works on what those before it have left. That names of different
 * sound become the same now and then does no harm: both are found.
 */
const SPELLINGS: readonly (readonly [RegExp, string])[] = [
  // Сёмин, Semyonov: after a consonant; Jonas keeps its vowel.
  [/(?<=[bcdfghklmnprstvz])[yj]o/g, "e"],
  // Щукин: Shchukin, Schukin. Чайковский: Tchaikovsky.
  [/shch|sch/g, "sh"],
  [/tch/g, "ch"],
  // Михаил: Mikhail.
  [/kh/g, "h"],
  [/ph/g, "f"],
  [/th/g, "t"],
  [/ck/g, "k"],
  [/x/g, "ks"],
  [/q/g, "k"],
  [/w/g, "v"],
  // Carl and Karl, but not Cecilia and Chekhov.
  [/c(?![eiyh])/g, "k"],
  [/ts|tz/g, "c"],
  // Юлия: Yulia, Julia, Iuliia.
  [/[yj]/g, "i"],
  // Евгений: Yevgeny. Андреевна: Andreyevna.
  [/(?<=^|\s|[aeou])ie/g, "e"],
  // Смирнов: Smirnoff.
  [/ff(?=\s|$)/g, "v"],
  // Анна: Ana. Юлия: iuliia.
  [/(\p{L})\1+/gu, "$1"],
];

/**
 * A name as searches compare it: words of plain small Latin letters, without accents, where the usual spellings of one sound are
 * one ("Щукин", "Shchukin" and "Schukin" are `shukin`). Letters of other alphabets stay as they are.
 */
export function toSearchForm(name: string): string {
  // Composed letters fall apart into a letter and its accents, which go: й becomes и, ё е, ü u.
  const plain = inLatin(name.toLowerCase().normalize("NFKC"))
    .normalize("NFKD")
    .replace(/[\p{M}'’ʼ`]/gu, "")
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
  return SPELLINGS.reduce((text, [spelling, sound]) => text.replace(spelling, sound), inLatin(plain));
}

const inLatin = (text: string): string => Array.from(text, (letter) => LETTERS[letter] ?? letter).join("");
