import { isNode, type Node, nameOf, nodesIn, propertyOf } from "./syntax";

/*
 * What narrows a read: names are followed within a function, from a scope to where it stands. A scope that leaves the other rows in as
 * well, as one of two ways or beside nothing at all, narrows nothing.
 */

/** A filter of `lib/access`, by its type or by what makes it. */
export const SCOPE = /^(?!unsafe).*[a-z]Scope$/;
/** The same with how somebody is spoken to, for what is gathered or removed of them. */
const PERSON = "Person";

const isScopeName = (name = "") => SCOPE.test(name) || name === PERSON;
export const isScopeType = (node: Node): boolean =>
  node.type === "TsTypeReference" && isScopeName(nameOf(node.typeName));

export const some = (tree: unknown, holds: (node: Node) => boolean): boolean =>
  isNode(tree) && [...nodesIn(tree)].some(({ node }) => holds(node));

/** The names that a pattern binds, each with the property that it is taken from, where it is. */
export function boundBy(pattern: unknown, key?: string): { name: string; key?: string | undefined }[] {
  if (!isNode(pattern)) return [];
  switch (pattern.type) {
    case "Identifier":
      return [{ name: nameOf(pattern) ?? "", key }];
    case "ObjectPattern":
      return (pattern.properties as Node[]).flatMap((one) =>
        one.type === "RestElement"
          ? boundBy(one.argument)
          : boundBy(one.value ?? one.key, propertyOf(one.key)),
      );
    case "KeyValuePatternProperty":
      return boundBy(pattern.value, key);
    case "ArrayPattern":
      return (pattern.elements as unknown[]).flatMap((one) => boundBy(one));
    case "AssignmentPattern":
      return boundBy(pattern.left, key);
    case "RestElement":
      return boundBy(pattern.argument);
    default:
      return boundBy(pattern.pat);
  }
}

const namesOf = (pattern: unknown): string[] => boundBy(pattern).map(({ name }) => name);

/** The members of a type that are scopes, where it is written out. */
const scopedMembers = (type: unknown): string[] =>
  isNode(type)
    ? [...nodesIn(type)].flatMap(({ node }) =>
        node.type === "TsPropertySignature" && some(node.typeAnnotation, isScopeType)
          ? (propertyOf(node.key) ?? [])
          : [],
      )
    : [];

/**
 * What is declared as a scope in a tree: parameters, of the functions in a table too. Of one that has it beside something else only that
 * member is, by the name that it is given or after a point.
 */
const typedAsScopes = (tree: Node): string[] =>
  [...nodesIn(tree)].flatMap(({ node }) => {
    if (!["Identifier", "ObjectPattern"].includes(node.type ?? "")) return [];
    const type = (node.typeAnnotation as { typeAnnotation?: Node } | null)?.typeAnnotation;
    if (!some(type, isScopeType)) return [];
    const members = scopedMembers(type);
    if (members.length === 0) return namesOf(node);
    if (node.type === "Identifier") return members.map((member) => `${nameOf(node)}.${member}`);
    return boundBy(node).flatMap(({ name, key = "" }) => (members.includes(key) ? name : []));
  });

/** The parameters of a function, however it is written. */
export const parametersOf = ({ params }: Node): Node[] =>
  ((params ?? []) as Node[]).map((one) => (one.type === "Parameter" ? (one.pat as Node) : one));

/** What is known of a function's names, and of the helpers beside it that make a scope; and whether it is about what stands in a filter. */
type Known = { names: ReadonlySet<string>; makers: ReadonlySet<string>; isFilter?: boolean };

/** No rows at all, rather than all of them. */
const isNothing = (node: unknown): boolean =>
  isNode(node) &&
  (["undefined", "notFound"].includes(nameOf(node.type === "CallExpression" ? node.callee : node) ?? "") ||
    node.type === "NullLiteral" ||
    (node.type === "ArrayExpression" && (node.elements as unknown[]).length === 0));

/** Whether each of some ways narrows. Where one is that nothing was looked for, the others say it; in a filter nothing leaves every row in. */
const allNarrow = (ways: readonly unknown[], known: Known): boolean =>
  ways.some((way) => narrows(way, known)) &&
  ways.every((way) => (!known.isFilter && isNothing(way)) || narrows(way, known));

/** Whether what an expression stands for is a scope, has been found by one, or holds one that narrows the whole of it. */
export function narrows(node: unknown, known: Known): boolean {
  if (!isNode(node)) return false;
  if (Array.isArray(node)) return node.some((one) => narrows(one, known));
  switch (node.type) {
    case "Identifier":
      return known.names.has(nameOf(node) ?? "");
    case "MemberExpression": {
      const member = `${nameOf(node.object)}.${propertyOf(node.property)}`;
      return known.names.has(member) || narrows(node.object, known);
    }
    case "ConditionalExpression":
      return allNarrow([node.consequent, node.alternate], known);
    case "BinaryExpression":
      if (node.operator === "&&") return narrows(node.right, known);
      if (["||", "??"].includes(String(node.operator))) return allNarrow([node.left, node.right], known);
      break;
    case "KeyValueProperty":
      return propertyNarrows(propertyOf(node.key), node.value as Node, known);
    case "CallExpression": {
      const callee = nameOf(node.callee) ?? "";
      if (SCOPE.test(callee) || known.makers.has(callee)) return true;
      break;
    }
  }
  return Object.entries(node).some(([key, inside]) => key !== "typeAnnotation" && narrows(inside, known));
}

/** These leave rows in that are not those of the filter in them. */
const OTHERWISE = ["NOT", "none", "every"];

function propertyNarrows(key: string | undefined, value: Node, known: Known): boolean {
  const inFilter = { ...known, isFilter: true };
  if (OTHERWISE.includes(key ?? "")) return false;
  return key === "OR" && value.type === "ArrayExpression"
    ? allNarrow(value.elements as unknown[], inFilter)
    : narrows(value, inFilter);
}

/**
 * The names in a function that narrow: scopes, what is made of them, and what a narrowed read has found.
 *
 * @param given whether it is a helper that is given what narrows, of whatever type: by whoever calls it, and there it is looked for
 */
export function narrowingNames(body: Node, makers: ReadonlySet<string>, given: boolean): Set<string> {
  const [, ...parameters] = parametersOf(body);
  const scopes = typedAsScopes(body);
  const names = new Set(given && scopes.length === 0 ? parameters.flatMap(namesOf) : scopes);
  for (let known = -1; known < names.size; ) {
    known = names.size;
    for (const { node } of nodesIn(body)) {
      const [pattern, from] =
        node.type === "ForOfStatement"
          ? [(node.left as { declarations?: Node[] }).declarations?.[0]?.id, node.right]
          : [node.id, node.type === "VariableDeclarator" ? node.init : undefined];
      if (narrows(from, { names, makers })) for (const name of namesOf(pattern)) names.add(name);
    }
  }
  return names;
}
