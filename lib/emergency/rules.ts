import { toSearchForm } from "@/lib/directory/rules/search-form";

const wordsOf = (name: string): string => toSearchForm(name).split(" ").filter(Boolean).toSorted().join(" ");

/** Whether two names are the same person's: every word of both, in any order and in either alphabet. A part of a name is not enough. */
export function isSameName(asked: string, known: string): boolean {
  const words = wordsOf(asked);
  return words !== "" && words === wordsOf(known);
}
