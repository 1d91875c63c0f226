import type { Import } from "./graph";

/** Imports as edges between files, or between whatever `nodeOf` makes of them; what stays within one node is none. */
export function edgesOf(
  imports: readonly Pick<Import, "from" | "to">[],
  nodeOf = (path: string) => path,
): Map<string, Set<string>> {
  const edges = new Map<string, Set<string>>();
  for (const { from, to } of imports) {
    const [a, b] = [nodeOf(from), nodeOf(to)];
    if (a !== b) edges.set(a, (edges.get(a) ?? new Set()).add(b));
  }
  return edges;
}

/**
 * The first cycle among nodes, as a path that ends where it began.
 *
 * @param edges from each node to those that it imports
 */
export function findCycle(edges: ReadonlyMap<string, ReadonlySet<string>>): string[] | undefined {
  const done = new Set<string>();
  const path: string[] = [];
  const visit = (node: string): string[] | undefined => {
    if (path.includes(node)) return [...path.slice(path.indexOf(node)), node];
    if (done.has(node)) return undefined;
    path.push(node);
    for (const next of edges.get(node) ?? []) {
      const cycle = visit(next);
      if (cycle) return cycle;
    }
    path.pop();
    done.add(node);
    return undefined;
  };
  for (const node of edges.keys()) {
    const cycle = visit(node);
    if (cycle) return cycle;
  }
  return undefined;
}

/** The room of a file: `lib/booking`, `components/ui`, `app`. */
export const roomPath = (path: string): string =>
  path
    .split("/")
    .slice(0, /^(lib|components)\//.test(path) ? 2 : 1)
    .join("/");
