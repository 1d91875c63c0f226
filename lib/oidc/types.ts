/** An OpenID provider as the configuration names it. */
export type OidcSettings = {
  issuer: string;
  clientId: string;
  clientSecret: string;
  /** Where the provider sends browsers back to; registered there. */
  redirectUri: string;
  scope: string;
  /** The authentication context class that stands for a second step; asked for, where one is set. */
  acr: string | undefined;
  /** The claim with somebody's groups. */
  groupsClaim: string | undefined;
};

/** What the browser keeps, sealed, between its way to the provider and back. */
export type ProviderRequest = {
  url: string;
  state: string;
  nonce: string;
  verifier: string;
  /** Since when, in seconds of the epoch, a sign-in there counts, where one from before does not. */
  freshSince?: number | undefined;
};

/** What the provider says of somebody, all of it from an ID token whose signature was checked. */
export type ProviderIdentity = {
  issuer: string;
  subject: string;
  email: string | undefined;
  emailVerified: boolean;
  name: string | undefined;
  /** `undefined` where the claim is not there, which is not the same as having none. */
  groups: readonly string[] | undefined;
  /** Whether it asked for more than one proof. */
  secondStep: boolean;
};

/** `provider_unreachable` may pass by itself; `provider_answer` is wrong, whatever is wrong with it. */
export type OidcFailure = "provider_unreachable" | "provider_answer";
