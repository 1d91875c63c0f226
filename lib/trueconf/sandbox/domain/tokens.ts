import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import type { Switches } from "../switches";
import type { Clock } from "./clock";
import { Refusal } from "./refusal";

type Token = { expiresAt: number; scopes: ReadonlySet<string> };

const digest = (text: string): Buffer => createHash("sha256").update(text).digest();
/** Compares secrets of any length in constant time. */
export const sameSecret = (a: string, b: string): boolean => timingSafeEqual(digest(a), digest(b));

/** API tokens: opaque, 40 hex digits, server-wide (TrueConf API: authentication). */
export class Tokens {
  private readonly issued = new Map<string, Token>();

  constructor(
    private readonly clock: Clock,
    private readonly switches: () => Switches,
    private readonly secretKey: string | undefined,
  ) {}

  issue(): { access_token: string; expires_in: number; token_type: "Bearer"; scope: string } {
    const { tokenTtlSeconds, grantedScopes } = this.switches();
    const token = randomBytes(20).toString("hex");
    this.issued.set(token, {
      expiresAt: this.clock.now() + tokenTtlSeconds * 1000,
      scopes: new Set(grantedScopes),
    });
    return {
      access_token: token,
      expires_in: tokenTtlSeconds,
      token_type: "Bearer",
      scope: grantedScopes.join(" "),
    };
  }

  /**
   * Passes a token that holds one of the scopes, or the secret key, which holds all.
   *
   * @throws Refusal 403 `accessTokenInvalid` (never 401 in v3) or 403 `forbidden`
   */
  require(token: string | undefined, anyOf: readonly string[]): void {
    if (token && this.secretKey && sameSecret(token, this.secretKey)) return;
    const known = token === undefined ? undefined : this.issued.get(token);
    if (!known || known.expiresAt <= this.clock.now())
      throw new Refusal(403, "accessTokenInvalid", "Access token is invalid");
    if (!anyOf.some((scope) => known.scopes.has(scope))) throw new Refusal(403, "forbidden", "Forbidden");
  }

  /** Ends all of them at once, as a week's passing would. */
  expireAll(): void {
    this.issued.clear();
  }
}
