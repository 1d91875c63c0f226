import { z } from "zod";
import type { OidcSettings, ProviderIdentity } from "./types";

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** A claim by its whole name (some are addresses, with dots in them), else by the path that its dots make. */
function claimAt(claims: Record<string, unknown>, name: string): unknown {
  if (Object.hasOwn(claims, name)) return claims[name];
  return name
    .split(".")
    .reduce<unknown>(
      (value, part) => (isObject(value) && Object.hasOwn(value, part) ? value[part] : undefined),
      claims,
    );
}

/** Groups as providers write them: a list, or one alone. */
function groupsIn(claims: Record<string, unknown>, name: string): readonly string[] | undefined {
  const value = claimAt(claims, name);
  if (typeof value === "string") return [value];
  return Array.isArray(value) ? value.filter((group) => typeof group === "string") : undefined;
}

const email = z.string().trim().toLowerCase().max(254).pipe(z.email());

/**
 * Reads the claims of a checked ID token (OpenID Connect Core 1.0 §5.1; `amr`: RFC 8176). A second step is believed where `amr` says
 * `mfa`, or where `acr` is the one that the configuration names for it. `email_verified` must be true itself, not a word for it.
 */
export function identityOf(
  claims: Record<string, unknown> & { iss: string; sub: string },
  { acr, groupsClaim }: Pick<OidcSettings, "acr" | "groupsClaim">,
): ProviderIdentity {
  const address = email.safeParse(claims.email);
  const name = typeof claims.name === "string" ? claims.name.trim().slice(0, 120) : "";
  return {
    issuer: claims.iss,
    subject: claims.sub,
    email: address.success ? address.data : undefined,
    emailVerified: claims.email_verified === true,
    name: name || undefined,
    groups: groupsClaim === undefined ? undefined : groupsIn(claims, groupsClaim),
    secondStep:
      (Array.isArray(claims.amr) && claims.amr.includes("mfa")) || (acr !== undefined && claims.acr === acr),
  };
}
