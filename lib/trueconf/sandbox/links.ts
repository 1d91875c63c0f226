import { randomBytes, randomUUID } from "node:crypto";
import type { Clock } from "./domain/clock";
import { sameSecret } from "./domain/tokens";
import { localId } from "./domain/users";

/** A credential lets somebody in for one minute from its issue (TrueConf API: lifetime). */
export const LINK_TTL_MS = 60_000;

/** Whom a link is for: guests by an id of the caller's (`2$id*name`) or of the server's (`$name`), or an account. */
export type Person = { kind: "guest" | "user"; id: string; displayName: string };
export type Link = {
  conferenceId: string;
  person: Person;
  login: string;
  token: string;
  /** Epoch milliseconds. */
  issuedAt: number;
  used: boolean;
};

/**
 * Reads the `user` parameter of `software/clients`.
 *
 * @returns undefined when it is absent or of no known form: the list then carries no credentials
 */
export function parsePerson(user: string | undefined): Person | undefined {
  if (!user) return undefined;
  const own = /^2\$([^*$]+)\*([^*$]+)$/.exec(user);
  if (own?.[1] && own[2]) return { kind: "guest", id: own[1], displayName: own[2] };
  const generated = /^\$([^*$]+)$/.exec(user);
  if (generated?.[1])
    return { kind: "guest", id: randomUUID().replaceAll("-", ""), displayName: generated[1] };
  return /[*$]/.test(user) ? undefined : { kind: "user", id: localId(user), displayName: user };
}

/** Credentials that were issued and may still be of use. */
export class Links {
  private links = new Map<string, Link>();

  constructor(private readonly clock: Clock) {}

  /** Every call makes a new one, in the shape of the published samples: `$2<hex>*<seconds>*<hex>`. */
  mint(conferenceId: string, person: Person): Link {
    this.forgetLate();
    const hex = () => randomBytes(16).toString("hex");
    const link: Link = {
      conferenceId,
      person,
      login: person.kind === "guest" ? `*guest*${person.id}` : person.id,
      token: `$2${hex()}*${String(this.clock.seconds()).padStart(10, "0")}*${hex()}`,
      issuedAt: this.clock.now(),
      used: false,
    };
    this.links.set(link.token, link);
    return link;
  }

  /** The link that these words from a fragment name, unless forged, late, spent, or of another conference. */
  verify(
    claim: { conferenceId: string; login: string; token: string },
    { singleUse }: { singleUse: boolean },
  ): Link | undefined {
    const link = this.links.get(claim.token);
    if (!link || link.conferenceId !== claim.conferenceId || !sameSecret(link.login, claim.login))
      return undefined;
    return this.isLate(link) || (singleUse && link.used) ? undefined : link;
  }

  list(): Link[] {
    this.forgetLate();
    return [...this.links.values()];
  }

  clear(): void {
    this.links.clear();
  }

  private isLate({ issuedAt }: Link): boolean {
    return this.clock.now() - issuedAt >= LINK_TTL_MS;
  }

  private forgetLate(): void {
    for (const link of this.links.values()) if (this.isLate(link)) this.links.delete(link.token);
  }
}
