/** What went wrong between the portal and TrueConf Server. */
export type TrueConfErrorKind =
  /** No connection: refused, reset before an answer, an unknown name. */
  | "unreachable"
  /** The server's certificate is not trusted, has ended, or names another host. */
  | "certificate"
  /** No answer in time. */
  | "timeout"
  /** The client id and secret, or the secret key, are not accepted. */
  | "unauthorized"
  /** The token lacks a scope. */
  | "forbidden"
  /** TrueConf itself says that there is no such conference or user. */
  | "not_found"
  /** The id is in use already. */
  | "conflict"
  /** Refused as it stands (400): an unknown owner, a field that cannot change while running. */
  | "invalid"
  /** The licence allows no more at the moment. */
  | "limit"
  /** An answer that is no JSON, lacks what the contract promises, or is not TrueConf's at all. */
  | "malformed"
  /** 5xx, or what was asked did not take effect. */
  | "server_error"
  /** Not even tried: the server has just failed too often. */
  | "circuit_open"
  /** The server is set up in a way that cannot work for us: no web client, a foreign address, a field that it drops. */
  | "configuration";

/**
 * Whether trying again makes sense. `safe`: nothing was changed there, so the same may be asked again. `unclear`: it may have been
 * done, so look before repeating what must not happen twice. `never`: it fails the same way until somebody changes something.
 */
export type Retry = "safe" | "unclear" | "never";

export type TrueConfError = {
  kind: TrueConfErrorKind;
  retry: Retry;
  /** Of an `invalid` request, the field that the server names, if it names one. */
  field?: string | undefined;
};
export type TrueConfFailure = { ok: false; error: TrueConfError };
export type TrueConfResult<T> = { ok: true; value: T } | TrueConfFailure;

export const succeed = <T>(value: T): { ok: true; value: T } => ({ ok: true, value });
export const fail = (kind: TrueConfErrorKind, retry: Retry): TrueConfFailure => ({
  ok: false,
  error: { kind, retry },
});

/** TrueConf's own words about a failure (TrueConf API: error envelope); `undefined` in the place of an answer that has none. */
export type Complaint = { reason?: string | undefined; field?: string | undefined };

/** The reasons that mean more than their status. */
const ID_IN_USE = "uniqueValueAlreadyInUse";
const TOKEN_INVALID = "accessTokenInvalid";
const NO_SUCH_ROUTE = "routeNotFound";
/** No public document names the reasons of a licence's limits; all that is known of such words is this part. */
const LIMIT = /limit/i;

/**
 * Reads an answer that is no success: its status, and the envelope's reason where that says more.
 *
 * A 404 counts as "there is none" only in TrueConf's own envelope: a proxy's error page must not make anybody believe that a
 * conference has been deleted.
 */
export function errorOf(status: number, complaint: Complaint | undefined): TrueConfError {
  const reason = complaint?.reason;
  if (status === 401 || reason === TOKEN_INVALID) return { kind: "unauthorized", retry: "never" };
  if (status === 429) return { kind: "server_error", retry: "safe" };
  if (status >= 500) return { kind: "server_error", retry: "unclear" };
  if (status >= 300 && status < 400) return { kind: "configuration", retry: "never" };
  if (status < 400) return { kind: "malformed", retry: "unclear" };
  if (reason !== undefined && LIMIT.test(reason)) return { kind: "limit", retry: "safe" };
  if (status === 403) return { kind: "forbidden", retry: "never" };
  if (status === 404) {
    const isOurs = complaint !== undefined && reason !== NO_SUCH_ROUTE;
    return isOurs ? { kind: "not_found", retry: "never" } : { kind: "malformed", retry: "safe" };
  }
  if (status === 409 || reason === ID_IN_USE) return { kind: "conflict", retry: "never" };
  return { kind: "invalid", retry: "never", field: complaint?.field };
}
