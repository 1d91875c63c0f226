import * as oauth from "oauth4webapi";
import { env } from "@/lib/core/env";
import { logger } from "@/lib/core/logger";
import { ok, type Result, refuse } from "@/lib/core/result";
import { identityOf } from "./claims";
import type { OidcFailure, OidcSettings, ProviderIdentity, ProviderRequest } from "./types";

/** For each question to the provider: somebody waits for the answer. */
const TIMEOUT_MS = 5_000;
/** How long what the provider says of itself is kept, its keys among it. */
const METADATA_KEPT_MS = 10 * 60_000;
/** How far its clock may be from ours. */
const CLOCK_TOLERANCE_SECONDS = 60;

/** Where providers send browsers back to. */
export const RETURN_PATH = "/sign-in/provider/return";

export type OidcClient = {
  /**
   * What a browser needs on its way to the provider: an address, and what it keeps to itself until it is back.
   *
   * @param how.anew whoever is signed in there must do so again, and the answer say when they did (OpenID Connect Core 1.0 §3.1.2.1)
   */
  begin: (how?: { anew: boolean }) => Promise<Result<ProviderRequest, OidcFailure>>;
  /**
   * Who came back with this answer (OpenID Connect Core 1.0 §3.1.3: code flow; RFC 7636: PKCE; RFC 9207: the issuer in the answer).
   *
   * @param answer the query with which the provider sent the browser back
   */
  finish: (
    answer: URLSearchParams,
    kept: Omit<ProviderRequest, "url">,
  ) => Promise<Result<ProviderIdentity, OidcFailure>>;
};

/**
 * A relying party of one provider, which is found by its issuer's address (OpenID Connect Discovery 1.0). What it says is believed
 * only out of an ID token with a signature of its published keys: answers of the UserInfo endpoint carry none, so that it is not asked.
 */
export function createOidcClient(settings: OidcSettings, timeoutMs = TIMEOUT_MS): OidcClient {
  const issuer = new URL(settings.issuer);
  const client: oauth.Client = {
    client_id: settings.clientId,
    [oauth.clockTolerance]: CLOCK_TOLERANCE_SECONDS,
  };
  // The configuration lets plain http through for this machine alone.
  const isPlain = issuer.protocol === "http:";
  const options = () => ({
    [oauth.allowInsecureRequests]: isPlain,
    signal: AbortSignal.timeout(timeoutMs),
  });

  let known: { server: oauth.AuthorizationServer; until: number } | undefined;
  async function discover(): Promise<oauth.AuthorizationServer> {
    if (known && Date.now() < known.until) return known.server;
    const response = await oauth.discoveryRequest(issuer, { algorithm: "oidc", ...options() });
    const server = await oauth.processDiscoveryResponse(issuer, response);
    known = { server, until: Date.now() + METADATA_KEPT_MS };
    return server;
  }

  /** Whatever goes wrong is one of two things to the rest of the portal; the log says which step of the protocol it was. */
  async function attempt<T>(step: string, body: () => Promise<T>): Promise<Result<T, OidcFailure>> {
    try {
      return ok(await body());
    } catch (error) {
      known = undefined;
      const reason = failureOf(error);
      logger().warn({ step, reason, code: codeOf(error) }, "the OpenID provider let nobody in");
      return refuse(reason);
    }
  }

  return {
    begin: ({ anew } = { anew: false }) =>
      attempt("begin", async () => {
        const server = await discover();
        const url = endpointOf(server.authorization_endpoint, isPlain);
        const state = oauth.generateRandomState();
        const nonce = oauth.generateRandomNonce();
        const verifier = oauth.generateRandomCodeVerifier();
        const parameters = {
          response_type: "code",
          client_id: settings.clientId,
          redirect_uri: settings.redirectUri,
          scope: settings.scope,
          state,
          nonce,
          code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
          code_challenge_method: "S256",
          ...(settings.acr === undefined ? {} : { acr_values: settings.acr }),
          ...(server.claims_parameter_supported ? { claims: wantedClaims(settings) } : {}),
          ...(anew ? { prompt: "login", max_age: "0" } : {}),
        };
        for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
        return { url: url.href, state, nonce, verifier, ...(anew ? { freshSince: seconds() } : {}) };
      }),

    finish: (answer, { state, nonce, verifier, freshSince }) =>
      attempt("finish", async () => {
        const server = await discover();
        const parameters = oauth.validateAuthResponse(server, client, answer, state);
        const response = await oauth.authorizationCodeGrantRequest(
          server,
          client,
          authenticationAt(server, settings.clientSecret),
          parameters,
          settings.redirectUri,
          verifier,
          options(),
        );
        const tokens = await oauth.processAuthorizationCodeResponse(server, client, response, {
          expectedNonce: nonce,
          requireIdToken: true,
          // A provider need not do as it is asked; `auth_time` says whether it has.
          ...(freshSince === undefined ? {} : { maxAge: Math.max(0, seconds() - freshSince) }),
        });
        await oauth.validateApplicationLevelSignature(server, response, options());
        const claims = oauth.getValidatedIdTokenClaims(tokens);
        if (!claims) throw new TypeError("no ID token");
        return identityOf(claims, settings);
      }),
  };
}

const seconds = () => Math.floor(Date.now() / 1000);

/** Asks for the claims in the ID token itself, where a provider lets itself be asked (OpenID Connect Core 1.0 §5.5). */
function wantedClaims({ groupsClaim }: OidcSettings): string {
  const names = ["email", "email_verified", "name", "acr", "amr"];
  const groups = groupsClaim === undefined ? [] : [groupsClaim, groupsClaim.split(".", 1)[0] ?? groupsClaim];
  return JSON.stringify({ id_token: Object.fromEntries([...names, ...groups].map((name) => [name, null])) });
}

/** The client's secret as the provider takes it: in the header where that is possible, which is also the default of the standard. */
function authenticationAt(server: oauth.AuthorizationServer, secret: string): oauth.ClientAuth {
  const methods = server.token_endpoint_auth_methods_supported ?? ["client_secret_basic"];
  return methods.includes("client_secret_basic")
    ? oauth.ClientSecretBasic(secret)
    : oauth.ClientSecretPost(secret);
}

function endpointOf(address: string | undefined, allowPlain: boolean): URL {
  const url = new URL(address ?? "");
  if (url.protocol !== "https:" && !(allowPlain && url.protocol === "http:"))
    throw new TypeError("no address to send browsers to");
  return url;
}

/** The library's own word for a failure, which quotes nothing. */
const codeOf = (error: unknown): string | undefined =>
  error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;

/**
 * Without an answer fetch throws a `TypeError` with the socket's failure as its cause, and a signal a `TimeoutError`; in the middle of
 * one they are the cause of what the library says about its form.
 */
function failureOf(error: unknown): OidcFailure {
  if (!(error instanceof Error)) return "provider_answer";
  const isSilent =
    error.name === "TimeoutError" ||
    (error instanceof TypeError && ["fetch failed", "terminated"].includes(error.message));
  return isSilent ? "provider_unreachable" : failureOf(error.cause);
}

let cached: { client: OidcClient | undefined } | undefined;

/** The clinic's provider, or none where the configuration names none. */
export function oidcClient(): OidcClient | undefined {
  if (cached) return cached.client;
  const {
    OIDC_ISSUER,
    OIDC_CLIENT_ID,
    OIDC_CLIENT_SECRET,
    OIDC_SCOPE,
    OIDC_ACR,
    OIDC_ROLES_CLAIM,
    PORTAL_URL,
  } = env();
  cached = {
    client:
      OIDC_ISSUER && OIDC_CLIENT_ID && OIDC_CLIENT_SECRET
        ? createOidcClient({
            issuer: OIDC_ISSUER,
            clientId: OIDC_CLIENT_ID,
            clientSecret: OIDC_CLIENT_SECRET,
            redirectUri: `${PORTAL_URL}${RETURN_PATH}`,
            scope: OIDC_SCOPE,
            acr: OIDC_ACR,
            groupsClaim: OIDC_ROLES_CLAIM,
          })
        : undefined,
  };
  return cached.client;
}
