import { BlockList, isIP } from "node:net";
import { env } from "@/lib/core/env";

/**
 * The address a request came from. `X-Forwarded-For` is believed only as far as `TRUSTED_PROXIES` (addresses or CIDR ranges)
 * wrote it: read from the right, the first address that is no proxy of ours.
 *
 * @returns `undefined` when nobody trustworthy says: Next.js hands the socket's address on in the same header a client may write
 */
export function clientAddress(
  headers: Headers,
  trustedProxies: readonly string[] = env().TRUSTED_PROXIES,
): string | undefined {
  if (trustedProxies.length === 0) return undefined;
  const trusted = new BlockList();
  for (const range of trustedProxies) {
    const [address = "", bits] = range.split("/");
    const family = isIP(address) === 6 ? "ipv6" : "ipv4";
    if (bits === undefined) trusted.addAddress(address, family);
    else trusted.addSubnet(address, Number(bits), family);
  }
  const hops = (headers.get("x-forwarded-for") ?? "")
    .split(",")
    .map((hop) => hop.trim().replace(/^::ffff:/, ""));
  for (const hop of hops.reverse()) {
    const version = isIP(hop);
    if (version === 0) return undefined;
    if (!trusted.check(hop, version === 6 ? "ipv6" : "ipv4")) return hop;
  }
  return undefined;
}

/**
 * Under what an address is counted: itself, and for IPv6 the network of 64 bits that it is in, since whoever has one address of it has all
 * of them (RFC 6177).
 */
export function networkOf(address: string): string {
  const [plain = ""] = address.split("%");
  if (isIP(plain) !== 6) return address;
  const groupsOf = (part: string | undefined) =>
    (part ? part.split(":") : []).flatMap((group) => (group.includes(".") ? [group, ""] : [group]));
  const [head, tail] = plain.split("::").map(groupsOf);
  const [left, right] = [head ?? [], tail ?? []];
  const all = [...left, ...Array<string>(Math.max(0, 8 - left.length - right.length)).fill("0"), ...right];
  return `${all
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(":")}::/64`;
}
