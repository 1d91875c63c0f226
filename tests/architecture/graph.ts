import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { parseSync } from "@swc/core";

/**
 * One import of one file of ours by another, of whatever form: static, re-exporting, dynamic, for types only, or inside a type.
 * Paths are relative to the checkout, with forward slashes.
 */
export type Import = { from: string; to: string };

export type SourceFile = { path: string; text: string };

/** What belongs to the house. Generated code is nobody's. */
const ROOTS = ["app", "components", "lib", "prisma", "tests", "proxy.ts", "worker.ts"];
const LEFT_OUT = /^lib\/db\/generated(\/|$)/;
const SOURCE = /\.(ts|tsx|mjs|js)$/;
const ENDINGS = ["", ".ts", ".tsx", ".mjs", ".js", ".json", "/index.ts", "/index.tsx"];

function filesBelow(root: string, path: string): string[] {
  if (LEFT_OUT.test(path) || !existsSync(join(root, path))) return [];
  if (!statSync(join(root, path)).isDirectory()) return [path];
  return readdirSync(join(root, path))
    .sort()
    .flatMap((name) => filesBelow(root, `${path}/${name}`));
}

/** Every file of the house, sources or not. */
export const allFiles = (root: string): string[] => ROOTS.flatMap((path) => filesBelow(root, path));

/** Every source file with its text. */
export const readSources = (root: string): SourceFile[] =>
  allFiles(root)
    .filter((path) => SOURCE.test(path))
    .map((path) => ({ path, text: readFileSync(join(root, path), "utf8") }));

type Node = { type?: string; [key: string]: unknown };
const isNode = (value: unknown): value is Node => typeof value === "object" && value !== null;

/** A string literal's value, or a template's without holes. */
function literalOf(node: unknown): string | undefined {
  if (!isNode(node)) return undefined;
  if (node.type === "StringLiteral") return String(node.value);
  if (node.type !== "TemplateLiteral" || !Array.isArray(node.quasis) || node.quasis.length !== 1)
    return undefined;
  return String((node.quasis[0] as { cooked?: unknown }).cooked);
}

/** The specifier that a syntax node imports, if it imports at all. */
function specifierOf(node: Node): string | undefined {
  switch (node.type) {
    case "ImportDeclaration":
    case "ExportNamedDeclaration":
    case "ExportAllDeclaration":
      return literalOf(node.source);
    case "TsImportType":
      return literalOf(node.argument);
    case "TsExternalModuleReference":
      return literalOf(node.expression);
    case "CallExpression": {
      const callee = node.callee as Node;
      const imports =
        callee.type === "Import" || (callee.type === "Identifier" && callee.value === "require");
      const [first] = node.arguments as { expression: unknown }[];
      return imports ? literalOf(first?.expression) : undefined;
    }
    default:
      return undefined;
  }
}

function specifiersOf({ path, text }: SourceFile): string[] {
  const isTypeScript = /\.tsx?$/.test(path);
  const syntax = isTypeScript
    ? ({ syntax: "typescript", tsx: path.endsWith("x") } as const)
    : ({ syntax: "ecmascript" } as const);
  const found: string[] = [];
  const waiting: unknown[] = [parseSync(text, { ...syntax, target: "es2022" })];
  while (waiting.length > 0) {
    const node = waiting.pop();
    if (!isNode(node)) continue;
    const specifier = specifierOf(node);
    if (specifier !== undefined) found.push(specifier);
    waiting.push(...Object.values(node));
  }
  return found;
}

/**
 * The imports between the house's own files.
 *
 * @throws when a file of ours is imported that does not exist, since no rule could hold for it
 */
export function readImports(root: string, sources: readonly SourceFile[] = readSources(root)): Import[] {
  return sources.flatMap((source) =>
    specifiersOf(source).flatMap((specifier) => {
      const isOurs = /^(\.{1,2}|@)\//.test(specifier);
      if (!isOurs) return [];
      const target = specifier.startsWith("@/")
        ? resolve(root, specifier.slice(2))
        : resolve(root, dirname(source.path), specifier);
      const to = relative(root, target).replaceAll("\\", "/");
      if (LEFT_OUT.test(to)) return [{ from: source.path, to }];
      const ending = ENDINGS.find((end) => existsSync(target + end) && statSync(target + end).isFile());
      if (ending === undefined) throw new Error(`${source.path} imports ${specifier}, which does not exist`);
      return [{ from: source.path, to: to + ending }];
    }),
  );
}
