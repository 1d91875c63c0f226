import { isTest } from "./files";
import type { Import, WrittenImport } from "./graph";
import { ADAPTERS, CAPABILITIES, FOUNDATION, roomOf, SINKS, VIEWS } from "./rooms";

/** What a view may know of a capability. */
const VIEW_FILES = /^(actions|schema|types|format)(\.tsx?)?$/;
/** What it may know of the foundation: the shapes that answers and forms have, and how to switch the language. See decision 9. */
const VIEW_FOUNDATION = /^lib\/(core\/(result|form|limits)|i18n\/(types|actions))\.ts$/;
/** Temporal stays on the server, so that of these files a view may know types alone. */
const VIEW_TYPES = /^lib\/time\/(types|format)\.ts$/;

/** Parts that stand beside the house: nothing imports them but they themselves, and tests. */
const ASIDE = ["lib/trueconf/sandbox", "lib/mail/mailbox"];

/** Adapters know nothing of each other, but for one: a worker hears of new jobs as everybody hears of changes, see decision 2. */
const HEARS = { room: "jobs", of: "events" };

/** What programs of their own may import: they compose, as `app` does. */
const PROGRAMS: readonly { file: RegExp; may: RegExp }[] = [
  { file: /^lib\/launcher\/check-production\.ts$/, may: /^lib\/(core|trueconf)\// },
  // What the launcher writes into the environment, the portal must be able to read.
  { file: /^lib\/launcher\/.*\.test\.ts$/, may: /^lib\/(core|launcher)\// },
  { file: /^lib\/launcher\//, may: /^lib\/launcher\// },
  { file: /^prisma\//, may: /^(lib|prisma|tests\/support)\// },
  { file: /^tests\//, may: /./ },
  { file: /^worker\.ts$/, may: /^lib\// },
  { file: /^instrumentation\.ts$/, may: /^lib\/core\// },
  // Forms that it refuses stand in the trail.
  { file: /^proxy\.ts$/, may: /^lib\/((core|security|i18n)\/|audit\/mutations\.ts$)/ },
  { file: /^[a-z]+\.config\.(ts|mjs)$/, may: /^tests\/support\// },
  // The sign-in page of a demonstration shows its accounts.
  { file: /^app\//, may: /^((app|components|lib)\/|prisma\/seed\/accounts\.json$)/ },
];

const isBelow = (path: string, room: string) => path.startsWith(`${room}/`);
const isAfter = (order: readonly string[], from: string, to: string) =>
  order.includes(from) && order.indexOf(to) > order.indexOf(from);

function mayComponentImport({ from, to, forTypes }: Import): boolean {
  const [room, target] = [roomOf(from), roomOf(to)];
  if (isBelow(to, "components")) {
    if (room === target || target === "ui") return true;
    return room !== "ui" && (target === "layout" || isAfter(VIEWS, room, target));
  }
  if (room === "ui" || !isBelow(to, "lib")) return false;
  if ([...CAPABILITIES, ...SINKS].includes(target)) return VIEW_FILES.test(to.split("/")[2] ?? "");
  return VIEW_FOUNDATION.test(to) || (forTypes && VIEW_TYPES.test(to));
}

function mayLibraryImport({ from, to }: Import): boolean {
  const [room, target] = [roomOf(from), roomOf(to)];
  if (!isBelow(to, "lib")) return false;
  if (room === target) return true;
  if (room === "core") return false;
  if (FOUNDATION.includes(target)) return true;
  if (room === HEARS.room && target === HEARS.of) return true;
  const isCapability = CAPABILITIES.includes(room);
  if (SINKS.includes(target) || ADAPTERS.includes(target)) {
    return (
      isCapability || isAfter(SINKS, room, target) || (SINKS.includes(room) && ADAPTERS.includes(target))
    );
  }
  return isAfter(CAPABILITIES, room, target);
}

/** Tells whether one import goes down, or stays in its room. */
export function isAllowed(edge: Import): boolean {
  const { from, to } = edge;
  const aside = ASIDE.find((room) => isBelow(to, room));
  if (aside && !isBelow(from, aside) && !isBelow(from, "tests")) return false;
  // A test beside its file may use what tests share.
  if (isTest(from) && isBelow(to, "tests/support")) return true;
  const program = PROGRAMS.find(({ file }) => file.test(from));
  if (program) return program.may.test(to);
  return isBelow(from, "components") ? mayComponentImport(edge) : mayLibraryImport(edge);
}

/** Imports that do not point down, each in a line that names both files. */
export const upwardImports = (imports: readonly Import[]): string[] =>
  imports
    .filter((edge) => !isAllowed(edge))
    .map(({ from, to }) => `${from} → ${to}: imports point down only`);

/** What views are made of. Whatever is not here is the server's, or a second library for the same thing. */
const BROWSER_PACKAGES =
  /^(react|react-dom|next\/(link|navigation)|next-intl(\/server)?|radix-ui\/[a-z-]+|clsx|class-variance-authority|lucide-react|get-nonce)$/;
/** What comes with Node; and, once packages are installed, the two that the launcher loads when it needs them. */
const LAUNCHER_PACKAGES = /^(node:.+|pg|@playwright\/test)$/;

function isForeign({ from, specifier = "" }: WrittenImport): boolean {
  if (isTest(from) || /^(\.{1,2}|@)\//.test(specifier)) return false;
  if (isBelow(from, "components")) return !BROWSER_PACKAGES.test(specifier);
  return /^lib\/launcher\/.*\.mjs$/.test(from) && !LAUNCHER_PACKAGES.test(specifier);
}

/** Packages where they do not belong: the server's in a view, and any in the launcher, which starts before they are installed. */
export const foreignPackages = (imports: readonly WrittenImport[]): string[] =>
  imports
    .filter(isForeign)
    .map(({ from, line, specifier }) => `${from}:${line} ${specifier}: not a package for this room`);

/** Beyond these rooms, programs for developers may work out what they load. */
const READABLE = /^(app|components|lib)\/|^(instrumentation|proxy|worker)\.ts$/;
const isReadable = ({ specifier }: WrittenImport) =>
  specifier !== undefined &&
  (!specifier.includes("*") || (/^\.\/[^*]+/.test(specifier) && !specifier.includes("..")));

/** Imports of something worked out at run time, which no rule can follow; within a folder of the file's own it cannot lead out. */
export const unreadableImports = (imports: readonly WrittenImport[]): string[] =>
  imports
    .filter((one) => READABLE.test(one.from) && !isTest(one.from) && !isReadable(one))
    .map(({ from, line }) => `${from}:${line}: imports what only a run could tell`);

/** Imports that leave a room by `../`, or come back to their own by the alias. */
export const misspeltImports = (
  imports: readonly WrittenImport[],
  roomPath: (path: string) => string,
): string[] =>
  imports.flatMap(({ from, line, specifier }) => {
    const room = roomPath(from);
    const climbs = /^(\.\.\/)+/.exec(specifier ?? "")?.[0].length ?? 0;
    const depth = from.split("/").length - 1 - room.split("/").length;
    const leaves = climbs > 0 && climbs / 3 > depth;
    const returns = /^(lib|components)\//.test(room) && specifier?.startsWith(`@/${room}/`) === true;
    return leaves || returns
      ? [`${from}:${line} ${specifier}: relative inside a room, by @/ between rooms`]
      : [];
  });
