import { readdirSync, readFileSync } from "node:fs";
import { inRoot } from "@/lib/launcher/paths.mjs";
import { isTest, type SourceFile } from "./files";
import { CAPABILITIES, SINKS } from "./rooms";
import { isNode, lineOf, literalOf, type Node, nameOf, nodesIn, propertyOf, treeOf } from "./syntax";

/*
 * Who may see a row is said where the row is read: every read of a personal table in a capability's `data` and `loaders` is narrowed by one of the
 * branded filters that `lib/access` alone can make, or by what such a read has found; what is read without one is called `unsafe…`
 * and says why. Names are followed within a file, from a scope to where it narrows, so that one that is taken and not used is found.
 */

/**
 * The models whose rows say nothing about a patient or an account, as the database's client calls them. Every other one does, a new one
 * too until it is named here. A slot is a claim on a practitioner's time, and read as that.
 */
const IMPERSONAL = [
  ...[
    "setting",
    "specialty",
    "practitioner",
    "visitType",
    "practitionerVisitType",
    "intakeQuestion",
    "consentText",
  ],
  ...["availabilityRule", "availabilityOverride", "overrideInterval", "timeOff", "closure", "delay", "slot"],
  ...["queueDuty", "summaryTemplate", "rateLimit", "removedFile"],
  ...["auditChain", "auditSeal", "auditSealedChain", "refusalTally"],
];

const schema = readdirSync(inRoot("prisma/schema")).map((name) =>
  readFileSync(inRoot("prisma/schema", name), "utf8"),
);
/** Every model there is. */
export const MODELS: readonly string[] = schema.flatMap((text) =>
  [...text.matchAll(/^model (\w)(\w*)/gm)].map(([, first = "", rest = ""]) => first.toLowerCase() + rest),
);
const PERSONAL = MODELS.filter((model) => !IMPERSONAL.includes(model));

const READS = /^(find(Many|First|Unique)(OrThrow)?|count|aggregate|groupBy)$/;
const tableOf = (model: string) => model.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
/** The same in SQL that somebody wrote by hand. */
const READS_TABLE = new RegExp(`\\b(FROM|JOIN)\\s+"(${PERSONAL.map(tableOf).join("|")})"`);

/** A filter of `lib/access`, by its type or by what makes it. */
const SCOPE = /^(?!unsafe).*[a-z]Scope$/;
/** The same with how somebody is spoken to, for what is gathered or removed of them. */
const PERSON = "Person";
const UNSAFE = /^unsafe[A-Z]/;

/** These find who somebody is, by a secret that they have shown: before them there is nobody of whom a scope could be made. */
const FOUNDING = ["findLiveSession", "findSignInRequest", "findEmailChange"];

const isData = (path: string) =>
  /^lib\/[a-z]+\/(data|loaders)(\/[a-z0-9-]+)?\.ts$/.test(path) &&
  [...CAPABILITIES, ...SINKS].includes(path.split("/")[1] ?? "") &&
  !isTest(path);

type Declared = { name: string; isExported: boolean; body: Node; span: unknown };

/** What a file declares at its top: functions, and constants that may be functions. */
const declarationsOf = (tree: Node): Declared[] =>
  (tree.body as Node[]).flatMap((statement): Declared[] => {
    const isExported = statement.type === "ExportDeclaration";
    const declared = (isExported ? statement.declaration : statement) as Node;
    const { span } = statement;
    if (declared.type === "FunctionDeclaration")
      return [{ name: nameOf(declared.identifier) ?? "", isExported, body: declared, span }];
    if (declared.type !== "VariableDeclaration") return [];
    return (declared.declarations as Node[]).map((one) => ({
      name: nameOf(one.id) ?? "",
      isExported,
      body: one.init as Node,
      span,
    }));
  });

const some = (tree: unknown, holds: (node: Node) => boolean): boolean =>
  isNode(tree) && [...nodesIn(tree)].some(({ node }) => holds(node));

/** The names that a pattern binds. */
const boundBy = (pattern: unknown): string[] =>
  isNode(pattern) ? [...nodesIn(pattern)].flatMap(({ node }) => nameOf(node) ?? []) : [];

const isScopeName = (name = "") => SCOPE.test(name) || name === PERSON;
const isScopeType = (node: Node) => node.type === "TsTypeReference" && isScopeName(nameOf(node.typeName));

/** What is declared as a scope in a tree: parameters, of the functions in a table too. */
const typedAsScopes = (tree: Node): string[] =>
  [...nodesIn(tree)].flatMap(({ node }) => (some(node.typeAnnotation, isScopeType) ? boundBy(node) : []));

/** The parameters of a function, however it is written. */
const parametersOf = ({ params }: Node): Node[] =>
  ((params ?? []) as Node[]).map((one) => (one.type === "Parameter" ? (one.pat as Node) : one));

const readsModel = ({ type, object, property }: Node): boolean =>
  type === "MemberExpression" &&
  READS.test(propertyOf(property) ?? "") &&
  isNode(object) &&
  object.type === "MemberExpression" &&
  PERSONAL.includes(propertyOf(object.property) ?? "");

/** A call that reads, of the client's methods or of the helpers named. */
const isReading = (node: Node, helpers: ReadonlySet<string>): boolean => {
  if (node.type === "TaggedTemplateExpression") return READS_TABLE.test(literalOf(node.template) ?? "");
  if (node.type !== "CallExpression" || !isNode(node.callee)) return false;
  return readsModel(node.callee) || helpers.has(nameOf(node.callee) ?? "");
};

/** The helpers of a file that read personal rows for its exported functions. */
function readingHelpers(declared: readonly Declared[]): Set<string> {
  const helpers = new Set<string>();
  const own = declared.filter(({ isExported, name }) => !isExported && !UNSAFE.test(name));
  for (let known = -1; known < helpers.size; ) {
    known = helpers.size;
    for (const { name, body } of own) if (some(body, (node) => isReading(node, helpers))) helpers.add(name);
  }
  return helpers;
}

/** The names in a function that narrow: scopes, what is made of them, and what a narrowed read has found. */
function narrowingNames({ name, body, isExported }: Declared, makers: ReadonlySet<string>): Set<string> {
  // A helper that makes no scope is given something that narrows by whoever calls it: there it is looked for.
  const [, ...given] = parametersOf(body);
  const names = new Set(isExported || makers.has(name) ? typedAsScopes(body) : given.flatMap(boundBy));
  const narrows = (node: Node) => isNarrowing(node, names, makers);
  for (let known = -1; known < names.size; ) {
    known = names.size;
    for (const { node } of nodesIn(body)) {
      const [pattern, from] =
        node.type === "ForOfStatement"
          ? [(node.left as { declarations?: Node[] }).declarations?.[0]?.id, node.right]
          : [node.id, node.type === "VariableDeclarator" ? node.init : undefined];
      if (some(from, narrows)) for (const name of boundBy(pattern)) names.add(name);
    }
  }
  return names;
}

const isNarrowing = (node: Node, names: ReadonlySet<string>, makers: ReadonlySet<string>): boolean => {
  if (names.has(nameOf(node) ?? "")) return true;
  if (node.type !== "CallExpression") return false;
  const callee = nameOf(node.callee) ?? "";
  return SCOPE.test(callee) || makers.has(callee);
};

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

function complaintsOf(file: SourceFile): string[] {
  const declared = declarationsOf(treeOf(file));
  const helpers = readingHelpers(declared);
  const makers = new Set(
    declared.flatMap(({ name, body }) =>
      some(body, ({ type, callee }) => type === "CallExpression" && SCOPE.test(nameOf(callee) ?? ""))
        ? name
        : [],
    ),
  );
  return declared.flatMap((one) => {
    const reads = [...nodesIn(one.body ?? {})].filter(({ node }) => isReading(node, helpers));
    if (reads.length === 0 || (file.path === "lib/auth/data.ts" && FOUNDING.includes(one.name))) return [];
    const at = (span: unknown) => `${file.path}:${lineOf(file, span)} ${one.name}`;
    if (UNSAFE.test(one.name))
      return !one.isExported || isJustified(file, one)
        ? []
        : [`${at(one.span)}: does not say why it is unscoped`];
    const names = narrowingNames(one, makers);
    return reads
      .filter(({ node }) => {
        const given = node.type === "CallExpression" ? node.arguments : (node.template as Node).expressions;
        const narrows = (inside: Node) => isNarrowing(inside, names, makers);
        return !narrows(node) && !some({ given }, narrows);
      })
      .map(({ span }) => `${at(span)}: reads personal rows without a scope`);
  });
}

/** Reads of personal rows that nothing narrows, each in a line with the file, the line there, and the function. */
export const unscopedReads = (files: readonly SourceFile[]): string[] =>
  files.filter(({ path }) => isData(path)).flatMap(complaintsOf);

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
