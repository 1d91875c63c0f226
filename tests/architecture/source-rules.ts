import { isTest, type SourceFile } from "./files";
import { CAPABILITIES, SINKS } from "./rooms";
import { isNode, literalOf, type Node, nameOf, nodesOf, propertyOf, specifierOf } from "./syntax";

/** Something that may not be written, and where. */
type SourceRule = {
  says: string;
  holdsIn: (path: string) => boolean;
  isBrokenBy: (node: Node) => boolean;
};

/** The environment is parsed once; only programs and tests, which make environments for others, read it raw. */
const MAY_READ_ENVIRONMENT =
  /^(lib\/core\/env\.ts|lib\/trueconf\/sandbox\/entry\.ts|lib\/launcher\/.*|prisma\/.*|[a-z]+\.config\.(ts|mjs))$/;

/** Right-to-left is a switch only as long as nothing says left or right: `ms-2`, not `ml-2`. */
const PHYSICAL =
  /(?<![\w-])-?(((scroll-)?[mp][lr]|left|right)-(\d|\[|\(|auto|full|px)|(border-[lr]|rounded-(l|r|tl|tr|bl|br))(?![\w])|(float|clear|text|origin)-(left|right)\b)/;
const PHYSICAL_STYLE = /^(margin|padding|border|scrollMargin|scrollPadding)(Left|Right)/;

/** Only what knows the request may ask for it; the rest is called by jobs and tests too. */
const REQUEST_FACING =
  /\/(loaders|actions)(\/[a-z0-9-]+)?\.ts$|^lib\/(auth\/(pipeline|session-cookie|options)|i18n\/(viewer|request)|security\/(visitor|device|sealed-cookie))\.ts$/;
/** Where a request or a job begins, and with it the present. */
const BEGINS = /\/((loaders|actions)(\/[a-z0-9-]+)?|jobs)\.ts$|^lib\/auth\/(pipeline|options)\.ts$/;

const isCapability = (path: string) =>
  [...CAPABILITIES, ...SINKS].some((room) => path.startsWith(`lib/${room}/`)) && !isTest(path);
const isProduct = (path: string) => /^(app|components|lib)\//.test(path) && !isTest(path);
const isView = (path: string) => /^(app|components)\//.test(path) && !isTest(path);

/** `object.property`, however the property is written. */
const isMember = (node: Node, object: (node: Node) => boolean, property: RegExp) =>
  node.type === "MemberExpression" &&
  isNode(node.object) &&
  object(node.object) &&
  property.test(propertyOf(node.property) ?? "");
const isNamed = (name: string) => (node: Node) => nameOf(node) === name;
const isProcess = (node: Node): boolean =>
  nameOf(node) === "process" || isMember(node, isNamed("globalThis"), /^process$/);

function readsEnvironment(node: Node): boolean {
  if (isMember(node, (object) => isProcess(object) || object.type === "MetaProperty", /^env$/)) return true;
  if (node.type === "VariableDeclarator" && isNode(node.init) && isProcess(node.init)) {
    const { properties } = node.id as { properties?: { key?: unknown }[] };
    return properties?.some(({ key }) => propertyOf(key) === "env") ?? false;
  }
  if (node.type !== "ImportDeclaration" || !/^(node:)?process$/.test(literalOf(node.source) ?? ""))
    return false;
  const specifiers = node.specifiers as { local: unknown; imported?: unknown }[];
  return specifiers.some(({ local, imported }) => nameOf(imported ?? local) === "env");
}

const readsClock = (node: Node): boolean =>
  (/^(New|Call)Expression$/.test(node.type ?? "") && isNode(node.callee) && nameOf(node.callee) === "Date") ||
  isMember(node, isNamed("Date"), /./) ||
  isMember(node, isNamed("Temporal"), /^Now$/);

function isPhysical(node: Node): boolean {
  if (node.type === "KeyValueProperty") return PHYSICAL_STYLE.test(propertyOf(node.key) ?? "");
  const text = literalOf(node);
  return text !== undefined && PHYSICAL.test(text);
}

/** A field for a password that does not tell a password manager which one it asks for. */
function isUntoldPassword({ type, attributes }: Node): boolean {
  if (type !== "JSXOpeningElement" || !Array.isArray(attributes)) return false;
  const given = new Map(attributes.filter(isNode).map(({ name, value }) => [nameOf(name), literalOf(value)]));
  return (
    given.get("type") === "password" && !/^(current|new)-password$/.test(given.get("autoComplete") ?? "")
  );
}

/**
 * Who may speak to other machines: adapters, each to addresses that are configured and never to one that somebody typed; programs of this
 * machine; and views, whose `fetch` is the browser's.
 */
const MAY_CONNECT = /^(lib\/(trueconf|mail|oidc|launcher)\/|components\/|tests\/|prisma\/)/;
const CONNECTING = /^(node:)?(http|https|http2|tls|dgram)$|^(undici|nodemailer|oauth4webapi|ws)$/;

const connects = (node: Node): boolean => {
  const { callee } = node;
  if (node.type === "CallExpression" && isNode(callee))
    if (nameOf(callee) === "fetch" || isMember(callee, isNamed("globalThis"), /^fetch$/)) return true;
  const imported = specifierOf(node);
  return imported !== undefined && !imported.forTypes && CONNECTING.test(imported.specifier ?? "");
};

const ignoresCertificates = (node: Node): boolean =>
  node.type === "KeyValueProperty" &&
  propertyOf(node.key) === "rejectUnauthorized" &&
  (node.value as Node).value === false;

export const SOURCE_RULES = {
  environment: {
    says: "the environment is read in lib/core/env alone",
    holdsIn: (path) => !MAY_READ_ENVIRONMENT.test(path) && !isTest(path),
    isBrokenBy: readsEnvironment,
  },
  clock: {
    says: "a capability takes `now`, and knows no Date",
    holdsIn: isCapability,
    isBrokenBy: readsClock,
  },
  present: {
    says: "the present is asked for where a request or a job begins",
    holdsIn: (path) => isCapability(path) && !BEGINS.test(path),
    isBrokenBy: (node) => specifierOf(node)?.specifier === "@/lib/core/clock",
  },
  directions: {
    says: "directions are logical: start and end, not left and right",
    holdsIn: isView,
    isBrokenBy: isPhysical,
  },
  html: {
    says: "no HTML is written past React",
    holdsIn: isProduct,
    isBrokenBy: (node) => [nameOf(node), literalOf(node)].includes("dangerouslySetInnerHTML"),
  },
  passwords: {
    says: "a password can be pasted, and filled in by a manager",
    holdsIn: isView,
    isBrokenBy: (node) => nameOf(node) === "onPaste" || literalOf(node) === "paste" || isUntoldPassword(node),
  },
  barrels: {
    says: "what is exported is named where it is made",
    holdsIn: () => true,
    isBrokenBy: ({ type }) => type === "ExportAllDeclaration" || type === "ExportNamespaceSpecifier",
  },
  request: {
    says: "the request is known only where it is faced",
    holdsIn: (path) => path.startsWith("lib/") && isProduct(path) && !REQUEST_FACING.test(path),
    isBrokenBy: (node) => /^next\/(headers|navigation)$/.test(specifierOf(node)?.specifier ?? ""),
  },
  connections: {
    says: "only adapters speak to other machines",
    holdsIn: (path) => !MAY_CONNECT.test(path) && !isTest(path),
    isBrokenBy: connects,
  },
  certificates: {
    says: "nobody looks away from a certificate",
    holdsIn: () => true,
    isBrokenBy: ignoresCertificates,
  },
  // A test may set it, to see that it changes nothing.
  trust: {
    says: "nothing makes Node trust every certificate",
    holdsIn: (path) => !isTest(path),
    isBrokenBy: (node) => [nameOf(node), literalOf(node)].includes("NODE_TLS_REJECT_UNAUTHORIZED"),
  },
} satisfies Record<string, SourceRule>;

export type SourceRuleName = keyof typeof SOURCE_RULES;

/** What breaks a rule, each in a line with the file, the line there, and the rule. */
export const breaches = (files: readonly SourceFile[]): string[] =>
  files.flatMap((file) => {
    const rules: SourceRule[] = Object.values(SOURCE_RULES).filter(({ holdsIn }) => holdsIn(file.path));
    return [...nodesOf(file)].flatMap(({ node, line }) =>
      rules.filter(({ isBrokenBy }) => isBrokenBy(node)).map(({ says }) => `${file.path}:${line()}: ${says}`),
    );
  });
