import { isTest, type SourceFile } from "./files";
import { isScopeType, narrowingNames, narrows, SCOPE, some } from "./narrowing";
import { type Declared, declarationsOf, namesIn, readingHelpers, readingOf, UNSAFE } from "./readings";
import { CAPABILITIES, SINKS } from "./rooms";
import { isNode, lineOf, literalOf, type Node, nameOf, nodesIn, propertyOf, treeOf } from "./syntax";

/*
 * Who may see a row is said where the row is read: every read of a personal table in a capability's `data` and `loaders` is narrowed by one of the
 * branded filters that `lib/access` alone can make, or by what such a read has found; what is read without one is called `unsafe…`
 * and says why. Names are followed within a file, from a scope to where it narrows, so that one that is taken and not used is found. A scope is
 * made of whoever asks: an actor is never written out there.
 */

/** These find who somebody is, by a secret that they have shown: before them there is nobody of whom a scope could be made. */
const FOUNDING = ["findLiveSession", "findSignInRequest", "findEmailChange"];

const isData = (path: string) =>
  /^lib\/[a-z]+\/(data|loaders)(\/[a-z0-9-]+)?\.ts$/.test(path) &&
  [...CAPABILITIES, ...SINKS].includes(path.split("/")[1] ?? "") &&
  !isTest(path);

const DOCUMENTED = /\*\/\s*$/;
const SAYS_WHY = /unscoped/i;

/** Whether the comment that ends where a declaration begins says why it has no scope. */
function isJustified({ text }: SourceFile, { span }: Declared): boolean {
  const before = Buffer.from(text)
    .subarray(0, (span as { start: number }).start - 1)
    .toString();
  const comment = before.slice(before.lastIndexOf("/**"));
  return DOCUMENTED.test(before) && comment.split("*/").length === 2 && SAYS_WHY.test(comment);
}

/** The portal itself, which no reader's request may pass for. */
const isPortal = ({ type, key, value }: Node): boolean =>
  type === "KeyValueProperty" && propertyOf(key) === "kind" && literalOf(value) === "system";

/** A scope of an actor who was written out for it, rather than of whoever asks. */
const isMadeUp = ({ type, callee, arguments: given }: Node): boolean =>
  type === "CallExpression" &&
  SCOPE.test(nameOf(callee) ?? "") &&
  (given as { expression: Node }[]).some(({ expression }) => expression.type === "ObjectExpression");

function complaintsOf(file: SourceFile): string[] {
  const tree = treeOf(file);
  const [declared, known] = [declarationsOf(tree), namesIn(tree)];
  const helpers = readingHelpers(declared, known);
  const makers = new Set(
    declared.flatMap(({ name, body }) =>
      some(body, ({ type, callee }) => type === "CallExpression" && SCOPE.test(nameOf(callee) ?? ""))
        ? name
        : [],
    ),
  );
  return declared.flatMap((one) => {
    const { name, body, isExported } = one;
    const at = (span: unknown) => `${file.path}:${lineOf(file, span)} ${name}`;
    const nodes = isNode(body) ? [...nodesIn(body)] : [];
    const others = nodes
      .filter(({ node }) => isPortal(node) || isMadeUp(node))
      .map(({ span }) => `${at(span)}: makes a scope for somebody who does not ask`);
    const reads = nodes.flatMap(({ node, span }) => {
      const isNarrowed = readingOf(node, known, helpers);
      return isNarrowed ? { isNarrowed, span } : [];
    });
    if (reads.length === 0 || (file.path === "lib/auth/data.ts" && FOUNDING.includes(name))) return others;
    if (UNSAFE.test(name))
      return isExported && !isJustified(file, one)
        ? [...others, `${at(one.span)}: does not say why it is unscoped`]
        : others;
    // A helper that makes no scope is given something that narrows by whoever calls it.
    const names = narrowingNames(body, makers, !isExported && !makers.has(name));
    const unnarrowed = reads.filter(
      ({ isNarrowed }) => !isNarrowed((expression) => narrows(expression, { names, makers })),
    );
    return [...others, ...unnarrowed.map(({ span }) => `${at(span)}: reads personal rows without a scope`)];
  });
}

/** Reads of personal rows that nothing narrows, each in a line with the file, the line there, and the function. */
export const unscopedReads = (files: readonly SourceFile[]): string[] => [
  ...new Set(files.filter(({ path }) => isData(path)).flatMap(complaintsOf)),
];

/** Scopes that were not made in `lib/access`, but by calling something one. */
export const forgedScopes = (files: readonly SourceFile[]): string[] =>
  files
    .filter(({ path }) => /^(app|lib)\//.test(path) && !path.startsWith("lib/access/"))
    .flatMap((file) =>
      [...nodesIn(treeOf(file))].flatMap(({ node, span }) =>
        /^Ts(As|TypeAssertion|Satisfies|Const)/.test(node.type ?? "") &&
        some(node.typeAnnotation, isScopeType)
          ? [`${file.path}:${lineOf(file, span)}: only lib/access makes a scope`]
          : [],
      ),
    );
