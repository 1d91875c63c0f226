import type { Import } from "./graph";

/** The house's rooms. Within the capabilities, and likewise within the components, each may import what stands after it. */
const CAPABILITIES = [
  "admin",
  "visits",
  "messaging",
  "booking",
  "availability",
  "directory",
  "auth",
  "access",
];
/** Take plain data from everybody and import no capability. */
const SINKS = ["notifications", "audit"];
const ADAPTERS = ["trueconf", "calendar", "mail", "jobs", "events"];
const FOUNDATION = ["db", "time", "i18n", "security", "core"];
const VIEWS = ["admin", "visit", "messaging", "booking", "availability", "account"];

/** What a view may know of a capability, and of the foundation: nothing that reaches a database or a secret. */
const VIEW_FILES = /^lib\/[^/]+\/(actions|schema|types|format)\.tsx?$/;
const VIEW_FOUNDATION = /^lib\/(core|i18n|time)\//;

/** Parts that stand beside the house: nothing imports them but they themselves, and tests. */
const ASIDE = ["lib/trueconf/sandbox", "lib/mail/mailbox"];

/** What programs of their own may import: they compose, as `app` does. */
const PROGRAMS: readonly { file: RegExp; may: RegExp }[] = [
  { file: /^lib\/launcher\/check-production\.ts$/, may: /^lib\/(core|trueconf)\// },
  // What the launcher writes into the environment, the portal must be able to read.
  { file: /^lib\/launcher\/.*\.test\.ts$/, may: /^lib\/(core|launcher)\// },
  { file: /^lib\/launcher\//, may: /^lib\/launcher\// },
  { file: /^prisma\//, may: /^(lib|prisma|tests\/support)\// },
  { file: /^tests\//, may: /./ },
  { file: /^worker\.ts$/, may: /^lib\// },
  { file: /^proxy\.ts$/, may: /^lib\/(core|security|i18n)\// },
  // The sign-in page of a demonstration shows its accounts.
  { file: /^app\//, may: /^((app|components|lib)\/|prisma\/seed\/accounts\.json$)/ },
];

const isTest = (path: string) => /\.test\.tsx?$/.test(path);
const isBelow = (path: string, room: string) => path.startsWith(`${room}/`);
/** The second part of a path: the room of a file in `lib` or `components`. */
const roomOf = (path: string) => path.split("/")[1] ?? "";
const isAfter = (order: readonly string[], from: string, to: string) =>
  order.includes(from) && order.indexOf(to) > order.indexOf(from);

function mayComponentImport({ from, to }: Import): boolean {
  const [room, target] = [roomOf(from), roomOf(to)];
  if (isBelow(to, "components")) {
    if (room === target || target === "ui") return true;
    return room !== "ui" && (target === "layout" || isAfter(VIEWS, room, target));
  }
  if (room === "ui") return false;
  return isBelow(to, "lib") && (VIEW_FILES.test(to) || VIEW_FOUNDATION.test(to));
}

function mayLibraryImport({ from, to }: Import): boolean {
  const [room, target] = [roomOf(from), roomOf(to)];
  if (!isBelow(to, "lib")) return false;
  if (room === target) return true;
  if (room === "core") return false;
  if (FOUNDATION.includes(target)) return true;
  const isCapability = CAPABILITIES.includes(room);
  if (SINKS.includes(target) || ADAPTERS.includes(target)) {
    return isCapability || (SINKS.includes(room) && ADAPTERS.includes(target));
  }
  return isAfter(CAPABILITIES, room, target);
}

/** Tells whether one import goes down, or stays in its room. */
export function isAllowed({ from, to }: Import): boolean {
  const aside = ASIDE.find((room) => isBelow(to, room));
  if (aside && !isBelow(from, aside) && !isBelow(from, "tests")) return false;
  // A test beside its file may use what tests share.
  if (isTest(from) && isBelow(to, "tests/support")) return true;
  const program = PROGRAMS.find(({ file }) => file.test(from));
  if (program) return program.may.test(to);
  return isBelow(from, "components") ? mayComponentImport({ from, to }) : mayLibraryImport({ from, to });
}

/**
 * The first cycle among nodes, as a path that ends where it began.
 *
 * @param edges from each node to those that it imports
 */
export function findCycle(edges: ReadonlyMap<string, ReadonlySet<string>>): string[] | undefined {
  const done = new Set<string>();
  const path: string[] = [];
  const visit = (node: string): string[] | undefined => {
    if (path.includes(node)) return [...path.slice(path.indexOf(node)), node];
    if (done.has(node)) return undefined;
    path.push(node);
    for (const next of edges.get(node) ?? []) {
      const cycle = visit(next);
      if (cycle) return cycle;
    }
    path.pop();
    done.add(node);
    return undefined;
  };
  for (const node of edges.keys()) {
    const cycle = visit(node);
    if (cycle) return cycle;
  }
  return undefined;
}

/** Imports as edges between files, or between whatever `nodeOf` makes of them; what stays within one node is none. */
export function edgesOf(
  imports: readonly Import[],
  nodeOf = (path: string) => path,
): Map<string, Set<string>> {
  const edges = new Map<string, Set<string>>();
  for (const { from, to } of imports) {
    const [a, b] = [nodeOf(from), nodeOf(to)];
    if (a !== b) edges.set(a, (edges.get(a) ?? new Set()).add(b));
  }
  return edges;
}

/** The room of a file: `lib/booking`, `components/ui`, `app`. */
export const roomPath = (path: string): string =>
  path
    .split("/")
    .slice(0, /^(lib|components)\//.test(path) ? 2 : 1)
    .join("/");
