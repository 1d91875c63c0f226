import type { BrowserKind } from "./browser";
import type { BrowserProblem, MicrophoneProblem, NetworkProblem } from "./check-machine";

/** What browsers have in common on a telephone is the system's matter, not theirs. */
const IOS = { chrome_ios: "ios", safari_ios: "ios" } as const;
const ANDROID = { chrome_android: "android", firefox_android: "android", samsung: "android" } as const;
const DESKTOP = { chrome: "chrome", edge: "edge", firefox: "firefox", safari_mac: "safari_mac" } as const;
const BY_SYSTEM = { ...DESKTOP, ...IOS, ...ANDROID, other: null } as const;

/** For each kind of help, which words a browser has; none where the general ones say all there is. */
const WORDS = {
  allow: {
    ...DESKTOP,
    chrome_android: "chrome_android",
    chrome_ios: "chrome_ios",
    firefox_android: "firefox_android",
    safari_ios: "safari_ios",
    samsung: "samsung",
    other: "other",
  },
  busy: BY_SYSTEM,
  missing: BY_SYSTEM,
  silent: BY_SYSTEM,
  unreachable: { ...BY_SYSTEM, chrome_ios: null, samsung: "samsung" },
  blocked: { ...BY_SYSTEM, firefox_android: "firefox", samsung: "samsung" },
  update: { ...BY_SYSTEM, samsung: "samsung" },
} as const satisfies Record<string, Record<BrowserKind, string | null>>;

type Topic = keyof typeof WORDS;
/** What is helped with; nothing where it is the same everywhere, and said already. */
const TOPICS = {
  denied: "allow",
  in_use: "busy",
  failed: "busy",
  not_found: "missing",
  silent: "silent",
  unreachable: "unreachable",
  blocked: "blocked",
  unsupported: "update",
  insecure: null,
  in_app: null,
  not_heard: null,
} as const satisfies Record<MicrophoneProblem | NetworkProblem | BrowserProblem | "not_heard", Topic | null>;

type KeyOf<T extends Topic> = T extends "allow"
  ? `allow.${NonNullable<(typeof WORDS)[T][BrowserKind]>}`
  : `help.${T}.${NonNullable<(typeof WORDS)[T][BrowserKind]>}`;
export type HelpKey = { [T in Topic]: KeyOf<T> }[Topic];

/**
 * The words that help with a problem in one browser, below `check` in the messages.
 *
 * @returns nothing where the problem's own words say all there is to say
 */
export function helpOf(problem: keyof typeof TOPICS, kind: BrowserKind): HelpKey | null {
  const topic = TOPICS[problem];
  if (topic === null) return null;
  const word = WORDS[topic][kind];
  if (word === null) return null;
  return (topic === "allow" ? `allow.${word}` : `help.${topic}.${word}`) as HelpKey;
}
