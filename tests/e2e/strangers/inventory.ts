import { readFileSync } from "node:fs";
import { join } from "node:path";

const server = join(import.meta.dirname, "../../../.next/server");
const readManifest = (name: string): unknown => JSON.parse(readFileSync(join(server, name), "utf8"));

/** Every address that the build answers, without the groups of `app`, which no address shows; `page` or `route` at its end says what it is. */
const addresses = (kind: "page" | "route"): string[] =>
  Object.keys(readManifest("app-paths-manifest.json") as object)
    .filter((key) => key.endsWith(`/${kind}`) && !key.startsWith("/_"))
    .map((key) => key.slice(0, -kind.length - 1).replaceAll(/\/\([^)]*\)/g, "") || "/")
    .toSorted();

/** The pages of the build. */
export const builtPages = (): string[] => addresses("page");

/** The doors for machines: what the build answers that is no page. */
export const builtRoutes = (): string[] => addresses("route");

export type BuiltAction = { id: string; name: string; pages: readonly string[] };

type ActionManifest = Record<
  "node" | "edge",
  Record<string, { exportedName: string; workers: Record<string, unknown> }>
>;

/** The server actions of the build: the id by which a browser calls each, and the pages that have it. */
export function builtActions(): BuiltAction[] {
  const { node, edge } = readManifest("server-reference-manifest.json") as ActionManifest;
  return [...Object.entries(node), ...Object.entries(edge)].map(([id, { exportedName, workers }]) => ({
    id,
    name: exportedName,
    pages: Object.keys(workers).map(
      (worker) =>
        worker
          .replace(/^app/, "")
          .replace(/\/page$/, "")
          .replaceAll(/\/\([^)]*\)/g, "") || "/",
    ),
  }));
}
