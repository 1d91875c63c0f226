import { clsx } from "clsx";

/** The pairs of `--color-mono-*`; whole class names, because Tailwind reads them from this text. */
const HUES = [
  "bg-mono-0-soft text-mono-0",
  "bg-mono-1-soft text-mono-1",
  "bg-mono-2-soft text-mono-2",
  "bg-mono-3-soft text-mono-3",
  "bg-mono-4-soft text-mono-4",
  "bg-mono-5-soft text-mono-5",
  "bg-mono-6-soft text-mono-6",
  "bg-mono-7-soft text-mono-7",
] as const;

const SIZES = {
  sm: "size-8 text-xs",
  md: "size-12 text-base",
  lg: "size-18 text-xl",
} as const;

/** A title before the name: whatever ends in a full stop, and those that British spelling leaves without one. */
const isTitle = (word: string) => /\.$|^(dr|prof|mr|mrs|ms)$/i.test(word);

/** The first letters of the first and the last word; titles are passed over. */
export function initialsOf(name: string): string {
  const words = name.split(/\s+/).filter((word) => word !== "" && !isTitle(word));
  const chosen = words.length > 1 ? [words[0], words.at(-1)] : words;
  return chosen.map((word) => [...(word ?? "")][0]?.toLocaleUpperCase() ?? "").join("");
}

/** A number in [0, count) that a name always gets: FNV-1a over its characters. */
export function hueOf(name: string, count: number): number {
  let hash = 0x811c9dc5;
  for (const character of name) {
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  }
  return (hash >>> 0) % count;
}

/** Stands for a person who has no photo. The name is written beside it, so screen readers pass it over. */
export function Monogram({
  name,
  size = "md",
  className,
}: {
  name: string;
  size?: keyof typeof SIZES;
  className?: string;
}) {
  return (
    <span
      aria-hidden="true"
      className={clsx(
        "inline-flex shrink-0 items-center justify-center rounded-full font-semibold select-none",
        SIZES[size],
        HUES[hueOf(name, HUES.length)],
        className,
      )}
    >
      {initialsOf(name)}
    </span>
  );
}
