import { MODELS, PERSONAL, relationOf } from "./models";
import { boundBy, some } from "./narrowing";
import { isNode, literalOf, type Node, nameOf, nodesIn, propertyOf } from "./syntax";

/* Where personal rows are read: by a table's own methods, over a row that is nobody's, in SQL, and by helpers that do so. */

const READS = /^(find(Many|First|Unique)(OrThrow)?|count|aggregate|groupBy)$/;
/** What is read without a scope is called so. */
export const UNSAFE = /^unsafe[A-Z]/;

/** A table that is chosen when it runs, or options that are not written where they are used. */
const ANY = "*";

const tableOf = (model: string) => model.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
/** The same in SQL that somebody wrote by hand. */
const READS_TABLE = new RegExp(`\\b(FROM|JOIN)\\s+"?(${PERSONAL.map(tableOf).join("|")})\\b`, "i");

export type Declared = { name: string; isExported: boolean; body: Node; span: unknown };

/** What a file declares at its top: functions, and constants that may be functions. */
export const declarationsOf = (tree: Node): Declared[] =>
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

/** An expression without what is said of its type. */
function plain(node: unknown): Node | undefined {
  if (!isNode(node)) return undefined;
  return /^(Ts|Parenthesis)/.test(node.type ?? "") ? plain(node.expression) : node;
}

/** What is found in a file before its reads are looked at. */
type Names = {
  /** What its constants stand for. */
  constants: ReadonlyMap<string, Node>;
  /** What is taken out of something by the name of a model. */
  tables: ReadonlyMap<string, string>;
};

/** The names of a file that reads may use. */
export function namesIn(tree: Node): Names {
  const [constants, tables] = [new Map<string, Node>(), new Map<string, string>()];
  for (const { node } of nodesIn(tree)) {
    const name = node.type === "VariableDeclarator" ? nameOf(node.id) : undefined;
    if (name !== undefined && isNode(node.init)) constants.set(name, node.init);
    if (node.type !== "ObjectPattern") continue;
    for (const { name, key = "" } of boundBy(node)) if (MODELS.includes(key)) tables.set(name, key);
  }
  return { constants, tables };
}

/** The model that an expression reads of, {@link ANY} where that is chosen when it runs; nothing for what is no table. */
function modelOf(expression: unknown, { constants, tables }: Names): string | undefined {
  const node = plain(expression);
  if (node?.type === "MemberExpression") {
    const model = propertyOf(node.property) ?? ANY;
    return model === ANY || MODELS.includes(model) ? model : undefined;
  }
  const name = nameOf(node) ?? "";
  const value = constants.get(name);
  return value ? modelOf(value, { constants, tables }) : (tables.get(name) ?? ANY);
}

/** The properties of an object, those of what is spread in it too; {@link ANY} for what is not written in the file. */
function entriesOf(object: unknown, names: Names): { key: string; value: unknown }[] {
  const node = plain(object);
  const constant = names.constants.get(nameOf(node) ?? "");
  if (constant) return entriesOf(constant, names);
  switch (node?.type) {
    case "BooleanLiteral":
    case undefined:
      return [];
    case "ConditionalExpression":
      return [node.consequent, node.alternate].flatMap((way) => entriesOf(way, names));
    case "ObjectExpression":
      return (node.properties as Node[]).flatMap((one) =>
        one.type === "SpreadElement"
          ? entriesOf(one.arguments, names)
          : { key: propertyOf(one.key ?? one) ?? ANY, value: one.value ?? one },
      );
    default:
      return [{ key: ANY, value: node }];
  }
}

/** What a read of a model says of the personal rows that it brings along, over whatever else. */
function broughtAlong(model: string, options: unknown, names: Names): unknown[] {
  const chosen = entriesOf(options, names).flatMap(({ key, value }) => {
    if (key === ANY) return { key, value };
    return key === "select" || key === "include" ? entriesOf(value, names) : [];
  });
  return chosen.flatMap(({ key, value }) => {
    const target = key === "_count" ? model : relationOf(model, key);
    if (key === ANY) return value;
    if (target === undefined || plain(value)?.value === false) return [];
    return PERSONAL.includes(target) ? value : broughtAlong(target, value, names);
  });
}

/** What of a read's options says which rows are read. */
function whereOf(options: unknown): unknown {
  const node = plain(options);
  if (node?.type !== "ObjectExpression") return node;
  return (node.properties as Node[]).filter(
    (one) => one.type === "SpreadElement" || propertyOf(one.key ?? one) === "where",
  );
}

/** A read of personal rows, by whether it is narrowed: which is told by what tells it of an expression. */
type Reading = (narrows: (expression: unknown) => boolean) => boolean;

function clientReading(callee: Node, options: unknown, names: Names): Reading | undefined {
  const method = propertyOf(callee.property) ?? "";
  if (callee.type !== "MemberExpression" || !READS.test(method)) return undefined;
  const model = modelOf(callee.object, names);
  // Others count and group as well.
  if (model === undefined || (model === ANY && !method.startsWith("find"))) return undefined;
  if (model === ANY || PERSONAL.includes(model)) return (narrows) => narrows(whereOf(options));
  const along = broughtAlong(model, options, names);
  if (along.length === 0) return undefined;
  return (narrows) => narrows(whereOf(options)) || along.every((one) => narrows(whereOf(one)));
}

/** What a node reads of personal rows: by the client's methods, in SQL, or by one of the helpers named. */
export function readingOf(node: Node, names: Names, helpers: ReadonlySet<string>): Reading | undefined {
  if (node.type === "TaggedTemplateExpression") {
    const { expressions } = node.template as Node;
    return READS_TABLE.test(literalOf(node.template) ?? "") ? (narrows) => narrows(expressions) : undefined;
  }
  if (node.type !== "CallExpression" || !isNode(node.callee)) return undefined;
  if (helpers.has(nameOf(node.callee) ?? "")) return (narrows) => narrows(node);
  const [options] = node.arguments as { expression: unknown }[];
  return clientReading(node.callee, options?.expression, names);
}

/** The helpers of a file that read personal rows for its exported functions. */
export function readingHelpers(declared: readonly Declared[], names: Names): Set<string> {
  const helpers = new Set<string>();
  const own = declared.filter(({ isExported, name }) => !isExported && !UNSAFE.test(name));
  for (let known = -1; known < helpers.size; ) {
    known = helpers.size;
    for (const { name, body } of own)
      if (some(body, (node) => readingOf(node, names, helpers) !== undefined)) helpers.add(name);
  }
  return helpers;
}
