/** An address's query as Next.js hands it to a page. */
export type Query = Readonly<Record<string, string | string[] | undefined>>;

/** One value of a query: the first of several, nothing for an empty one (a form sends its unused fields empty). */
export function single(value: string | string[] | undefined): string | undefined {
  return (Array.isArray(value) ? value[0] : value) || undefined;
}

/** Every value of a query, as {@link single} reads it. */
export const singles = (query: Query): Record<string, string | undefined> =>
  Object.fromEntries(Object.entries(query).map(([name, value]) => [name, single(value)]));
