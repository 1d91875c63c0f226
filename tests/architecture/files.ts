import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

/** One file of the house. Paths are relative to the checkout, with forward slashes. */
export type SourceFile = { path: string; text: string };

/** The rooms, and the files beside them that are code. */
const BELONGS = /^((app|components|lib|prisma|tests)\/|[^/]+\.(ts|mjs)$)/;
/** Generated code is nobody's. */
const LEFT_OUT = /^(lib\/db\/generated\/|next-env\.d\.ts$)/;
const SOURCE = /\.(ts|tsx|mjs|js)$/;
const UNVISITED = ["node_modules", ".git", ".next", ".cache", "data"];

/** What Git tracks, and what it would track next. */
const asGitSees = (root: string): string[] =>
  execFileSync("git", ["ls-files", "-coz", "--exclude-standard"], { cwd: root, encoding: "utf8" })
    .split("\0")
    .filter((path) => path !== "" && existsSync(join(root, path)));

/** The same for a checkout that came as an archive. */
function asUnpacked(root: string, below = ""): string[] {
  return readdirSync(join(root, below)).flatMap((name) => {
    const path = below === "" ? name : `${below}/${name}`;
    if (!statSync(join(root, path)).isDirectory()) return [path];
    return UNVISITED.includes(path) ? [] : asUnpacked(root, path);
  });
}

/** Every file of the house, sources or not. */
export function allFiles(root: string): string[] {
  const paths = existsSync(join(root, ".git")) ? asGitSees(root) : asUnpacked(root);
  return paths.filter((path) => BELONGS.test(path) && !LEFT_OUT.test(path)).sort();
}

/** Those among them that are code, with their text. */
export const readSources = (root: string, paths: readonly string[]): SourceFile[] =>
  paths
    .filter((path) => SOURCE.test(path))
    .map((path) => ({ path, text: readFileSync(join(root, path), "utf8") }));

export const isTest = (path: string): boolean =>
  /\.(test|fixture)\.tsx?$/.test(path) || path.startsWith("tests/");
