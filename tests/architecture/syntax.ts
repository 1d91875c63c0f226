import { parseSync } from "@swc/core";
import type { SourceFile } from "./files";

/** A node of swc's tree, known only as far as it is looked into. */
export type Node = { type?: string; [key: string]: unknown };

export const isNode = (value: unknown): value is Node => typeof value === "object" && value !== null;

/** A file's tree. */
export function treeOf({ path, text }: SourceFile): Node {
  const syntax = /\.tsx?$/.test(path)
    ? ({ syntax: "typescript", tsx: path.endsWith("x") } as const)
    : ({ syntax: "ecmascript" } as const);
  return parseSync(text, { ...syntax, target: "es2022" }) as unknown as Node;
}

/** Every node of a tree, in no promised order, with its own span or that of what it stands in. */
export function* nodesIn(tree: Node): Generator<{ node: Node; span: unknown }> {
  const waiting = [{ node: tree, span: tree.span }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { node } = next;
    const span = node.span ?? next.span;
    if (node.type !== undefined) yield { node, span };
    for (const value of Object.values(node)) if (isNode(value)) waiting.push({ node: value, span });
  }
}

/** The line of a file on which a span begins. Spans count bytes, the first of which is 1. */
export const lineOf = ({ text }: SourceFile, span: unknown): number =>
  Buffer.from(text)
    .subarray(0, (span as { start: number }).start - 1)
    .toString("latin1")
    .split("\n").length;

/** Every node of a file's tree, in no promised order, with the line that it begins on. */
export function* nodesOf(file: SourceFile): Generator<{ node: Node; line: () => number }> {
  for (const { node, span } of nodesIn(treeOf(file))) yield { node, line: () => lineOf(file, span) };
}

/** A string literal's value; a template's text, with each of its holes as `*`. */
export function literalOf(node: unknown): string | undefined {
  if (!isNode(node)) return undefined;
  if (node.type === "StringLiteral") return String(node.value);
  if (node.type !== "TemplateLiteral") return undefined;
  return (node.quasis as { cooked?: unknown }[]).map(({ cooked }) => String(cooked)).join("*");
}

/** An identifier's name. */
export const nameOf = (node: unknown): string | undefined =>
  isNode(node) && node.type === "Identifier" ? String(node.value) : undefined;

/** The name of a property in a member expression, an object or a pattern, written as a name or as a string. */
export function propertyOf(node: unknown): string | undefined {
  if (!isNode(node)) return undefined;
  return nameOf(node) ?? literalOf(node.type === "Computed" ? node.expression : node);
}

/** A node that imports: what (nothing, where that is worked out only when it runs), and whether for types alone. */
export type Specifier = { specifier: string | undefined; forTypes: boolean };

function areTypesOnly(node: Node): boolean {
  const specifiers = (node.specifiers ?? []) as { isTypeOnly?: boolean }[];
  return (
    node.typeOnly === true || (specifiers.length > 0 && specifiers.every((one) => one.isTypeOnly === true))
  );
}

/** What a node imports, in whatever form: static, re-exporting, dynamic, for types only, or inside a type. */
export function specifierOf(node: Node): Specifier | undefined {
  switch (node.type) {
    case "ImportDeclaration":
    case "ExportNamedDeclaration":
    case "ExportAllDeclaration":
      return isNode(node.source)
        ? { specifier: literalOf(node.source), forTypes: areTypesOnly(node) }
        : undefined;
    case "TsImportType":
      return { specifier: literalOf(node.argument), forTypes: true };
    case "TsExternalModuleReference":
      return { specifier: literalOf(node.expression), forTypes: false };
    case "CallExpression": {
      const callee = node.callee as Node;
      const imports = callee.type === "Import" || ["require", "createRequire"].includes(nameOf(callee) ?? "");
      const [first] = node.arguments as { expression: unknown }[];
      return imports ? { specifier: literalOf(first?.expression), forTypes: false } : undefined;
    }
    default:
      return undefined;
  }
}
