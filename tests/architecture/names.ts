import { ADAPTERS, CAPABILITIES, FOUNDATION, SINKS } from "./rooms";

/** What a newcomer may expect behind a file's name, in every capability. */
const VOCABULARY =
  /^(schema|types|rules|data|loaders|mutations|actions|ability|jobs|constants|format)(\.test)?\.ts$/;
/** May become folders, with one file for each verb or subject: see decision 10. */
const FOLDERS = /^(schema|types|rules|data|loaders|mutations|actions|format)\/[a-z0-9-]+(\.test)?\.ts$/;
/**
 * Names of one room alone. In `auth`: next-auth's configuration, what every server action goes through, and the cookie, which
 * three of its files need. In `notifications`: one template for each mail. The list may only become shorter.
 */
const OWN_NAMES: Readonly<Record<string, RegExp>> = {
  auth: /^(options|pipeline|session-cookie)(\.test)?\.ts$/,
  notifications: /^templates\/[a-z-]+(\.test)?\.ts$/,
};

const VOCABULARY_ROOMS = [...CAPABILITIES, ...SINKS];
const FREE_ROOMS = [...ADAPTERS, ...FOUNDATION, "launcher"];

const KEBAB = /^[a-z0-9]+(-[a-z0-9]+)*$/;
/** Names that Next.js gives a meaning to: groups, parameters, catch-alls; and addresses that end like a file's. */
const ROUTE_SEGMENT = /^(\([a-z-]+\)|\[{1,2}(\.\.\.)?[a-zA-Z]+\]{1,2}|_[a-z-]+|[a-z-]+\.(ics|pdf))$/;
const stemOf = (name: string) => name.replace(/(\.(test|spec|bench|fixture|d))?\.[a-z]+$/, "");

function isKnownName(capability: string, rest: string): boolean {
  return VOCABULARY.test(rest) || FOLDERS.test(rest) || OWN_NAMES[capability]?.test(rest) === true;
}

function isWellSpelt(path: string): boolean {
  if (path.startsWith("prisma/migrations/")) return true;
  return path.split("/").every((part, index, all) => {
    const stem = index === all.length - 1 ? stemOf(part) : part;
    return KEBAB.test(stem) || (path.startsWith("app/") && ROUTE_SEGMENT.test(stem));
  });
}

function complaintOf(path: string): string | undefined {
  const [top, room = "", ...rest] = path.split("/");
  if (top === "lib") {
    if (![...VOCABULARY_ROOMS, ...FREE_ROOMS].includes(room)) return "no such room in lib";
    if (VOCABULARY_ROOMS.includes(room) && !isKnownName(room, rest.join("/")))
      return "not a file name of a capability";
  }
  if (/(^|\/)index\.[a-z]+$/.test(path)) return "an index is a barrel";
  // Configurations at the top have the names that their tools give them.
  if (path.includes("/") && !isWellSpelt(path)) return "names are small letters with hyphens";
  return undefined;
}

/** Files whose names say nothing, or the wrong thing, each in a line with the reason. */
export const strangeNames = (paths: readonly string[]): string[] =>
  paths.flatMap((path) => {
    const complaint = complaintOf(path);
    return complaint ? [`${path}: ${complaint}`] : [];
  });
