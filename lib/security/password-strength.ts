import { ZxcvbnFactory } from "@zxcvbn-ts/core";
import { adjacencyGraphs, dictionary } from "@zxcvbn-ts/language-common";

/** Below so many guesses a password is one of those that are tried first: lists of leaked ones, rows of keys, dates, repetitions. */
const GUESSES = 1e8;
/** What is longer than this is judged by its beginning: a request shall not cost more than a sign-in does. */
const JUDGED_LENGTH = 64;

/** What whoever guesses knows of every portal like this one, in both of its languages. */
const OWN_WORDS = [
  ...["telemedicine", "telehealth", "portal", "clinic", "hospital", "practice", "trueconf", "video", "visit"],
  ...["patient", "practitioner", "doctor", "nurse", "scheduler", "administrator", "health", "medicine"],
  ...["телемедицина", "портал", "клиника", "больница", "труконф", "видео", "приём", "прием"],
  ...["пациент", "врач", "доктор", "администратор", "здоровье", "медицина"],
];

let estimator: ZxcvbnFactory | undefined;

/**
 * Whether a password is soon guessed, by lists and patterns that come with the portal: nothing is asked of another machine.
 *
 * @param about further words that whoever guesses knows: the account's address and name, and what the clinic is called
 */
export function isGuessable(password: string, about: readonly string[] = []): boolean {
  estimator ??= new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs });
  const words = [...OWN_WORDS, ...about]
    .flatMap((one) => [one, ...one.split(/[^\p{L}\p{N}]+/u)])
    .filter((word) => word.length > 2);
  return estimator.check(password.normalize("NFKC").slice(0, JUDGED_LENGTH), words).guesses < GUESSES;
}
