import type { Deeplinks } from "./types";
import type { WireDeeplinks } from "./wire";

/** `trueconf:` opens the app; Android wants an intent that names the app's own package (TrueConf API: guest links). */
const DEFAULT = /^trueconf:[^\s\p{Cc}]+$/u;
const ANDROID =
  /^intent:[^\s\p{Cc}]+#Intent;(?=[^\s\p{Cc}]*\bscheme=trueconf;)(?=[^\s\p{Cc}]*\bpackage=com\.trueconf\.[\w.]+;)[^\s\p{Cc}]*end;?$/u;

/**
 * The links that open TrueConf's own app, as far as they are what they should be: a link of another scheme could run a script, and
 * an intent without TrueConf's package could start any app. Left out rather than refused, since the web client does without.
 */
export function acceptDeeplinks(given: WireDeeplinks | undefined): Deeplinks {
  const accepted: Deeplinks = {};
  if (given?.default && DEFAULT.test(given.default)) accepted.default = given.default;
  if (given?.android && ANDROID.test(given.android)) accepted.android = given.android;
  return accepted;
}
