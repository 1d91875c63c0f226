/** What went wrong between the portal and TrueConf Server. */
export type TrueConfErrorKind =
  /** No connection: refused, reset before an answer, name or certificate not accepted. */
  | "unreachable"
  /** No answer in time. */
  | "timeout"
  /** The client id and secret, or the secret key, are not accepted. */
  | "unauthorized"
  /** The token lacks a scope. */
  | "forbidden"
  /** No such conference, user or path. */
  | "not_found"
  /** The id is in use already. */
  | "conflict"
  /** Refused as it stands (400): an unknown owner, a field that cannot change while running. */
  | "invalid"
  /** The licence allows no more. */
  | "limit"
  /** An answer that is no JSON or lacks what the contract promises. */
  | "malformed"
  /** 5xx. */
  | "server_error"
  /** Not even tried: the server has just failed too often. */
  | "circuit_open"
  /** The server is set up in a way that cannot work for us: no web client, a foreign address. */
  | "configuration";

/**
 * Whether trying again makes sense. `safe`: nothing happened there. `unclear`: it may have happened, so look before repeating
 * what must not happen twice. `never`: the same request fails the same way until somebody changes something.
 */
export type Retry = "safe" | "unclear" | "never";

export type TrueConfError = { kind: TrueConfErrorKind; retry: Retry };
export type TrueConfResult<T> = { ok: true; value: T } | { ok: false; error: TrueConfError };

export const succeed = <T>(value: T): TrueConfResult<T> => ({ ok: true, value });
export const fail = (kind: TrueConfErrorKind, retry: Retry): { ok: false; error: TrueConfError } => ({
  ok: false,
  error: { kind, retry },
});

/** The `reason`s of TrueConf's error envelope that mean more than their status (TrueConf API: error envelope). */
const ID_IN_USE = "uniqueValueAlreadyInUse";
export const TOKEN_INVALID = "accessTokenInvalid";

/** Reads an error answer: status first, the envelope's reason where it says more. */
export function errorOf(status: number, reason: string | undefined): TrueConfError {
  if (status === 401 || reason === TOKEN_INVALID) return { kind: "unauthorized", retry: "never" };
  if (status === 403) return { kind: "forbidden", retry: "never" };
  if (status === 404) return { kind: "not_found", retry: "never" };
  if (status === 409 || reason === ID_IN_USE) return { kind: "conflict", retry: "never" };
  if (status === 429) return { kind: "server_error", retry: "safe" };
  if (status >= 500) return { kind: "server_error", retry: "unclear" };
  if (status >= 400) return { kind: "invalid", retry: "never" };
  return { kind: "malformed", retry: "unclear" };
}
