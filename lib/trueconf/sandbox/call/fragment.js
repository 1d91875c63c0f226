/**
 * Reads the credential from the fragment, which no server ever sees. It stays in the address: a reload must fail by the
 * token's age, as on a real server, not by its absence.
 *
 * @param {string} hash as in `location.hash`
 * @returns {{ login: string, token: string, lang: string } | undefined} undefined unless there is exactly one login and one token
 */
export function readFragment(hash) {
  const parameters = new URLSearchParams(hash.replace(/^#/, ""));
  const [login, ...moreLogins] = parameters.getAll("login");
  const [token, ...moreTokens] = parameters.getAll("token");
  if (!login || !token || moreLogins.length > 0 || moreTokens.length > 0) return undefined;
  return { login, token, lang: parameters.get("lang") ?? "auto" };
}
