import { posix } from "node:path";
import type { SourceFile } from "./files";
import { nodesOf, specifierOf } from "./syntax";

/** One import of one file of ours by another, of whatever form. */
export type Import = { from: string; to: string; forTypes: boolean };

/** One import as it is written. */
export type WrittenImport = { from: string; line: number; specifier: string | undefined; forTypes: boolean };

const GENERATED = "lib/db/generated/";
const ENDINGS = ["", ".ts", ".tsx", ".mjs", ".js", ".json", "/index.ts", "/index.tsx"];

/** Every import in some files, of ours and of packages. */
export const importsIn = (sources: readonly SourceFile[]): WrittenImport[] =>
  sources.flatMap((source) =>
    [...nodesOf(source)].flatMap(({ node, line }) => {
      const found = specifierOf(node);
      return found ? [{ from: source.path, line: line(), ...found }] : [];
    }),
  );

/**
 * The imports between the house's own files.
 *
 * @param paths every file there is
 * @throws when a file of ours is imported that does not exist, since no rule could hold for it
 */
export function resolveImports(written: readonly WrittenImport[], paths: readonly string[]): Import[] {
  const known = new Set(paths);
  return written.flatMap(({ from, specifier, forTypes }) => {
    if (specifier === undefined || specifier.includes("*") || !/^(\.{1,2}|@)\//.test(specifier)) return [];
    const target = specifier.startsWith("@/")
      ? posix.normalize(specifier.slice(2))
      : posix.join(posix.dirname(from), specifier);
    if (target.startsWith(GENERATED)) return [{ from, to: target, forTypes }];
    const ending = ENDINGS.find((end) => known.has(target + end));
    if (ending === undefined) throw new Error(`${from} imports ${specifier}, which does not exist`);
    return [{ from, to: target + ending, forTypes }];
  });
}
