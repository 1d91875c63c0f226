import { describe, expect, it } from "vitest";
import { clientAddress, networkOf } from "./address";

const from = (forwarded: string | undefined, proxies: string[]) =>
  clientAddress(new Headers(forwarded === undefined ? {} : { "x-forwarded-for": forwarded }), proxies);

describe("the client's address", () => {
  it("is nobody's word without a trusted proxy", () => {
    expect(from("203.0.113.9", [])).toBeUndefined();
  });

  it("is the last hop that is no proxy of ours, whatever the client wrote before it", () => {
    expect(from("198.51.100.1, 203.0.113.9, 10.0.0.2", ["10.0.0.0/8"])).toBe("203.0.113.9");
    expect(from("203.0.113.9", ["10.0.0.2"])).toBe("203.0.113.9");
    expect(from("2001:db8::9, fd00::1", ["fd00::/8"])).toBe("2001:db8::9");
  });

  it("is unknown when the header is missing, only proxies, or nonsense", () => {
    expect(from(undefined, ["10.0.0.2"])).toBeUndefined();
    expect(from("10.0.0.2", ["10.0.0.2"])).toBeUndefined();
    expect(from("not-an-address", ["10.0.0.2"])).toBeUndefined();
  });
});

describe("what an address is counted under", () => {
  it.each([
    ["203.0.113.9", "203.0.113.9"],
    ["2001:db8:1:2::9", "2001:db8:1:2::/64"],
    ["2001:0DB8:1:2:ffff:ffff:ffff:ffff", "2001:db8:1:2::/64"],
    ["2001:db8::1:2:3:4:5", "2001:db8:0:1::/64"],
    ["::1", "0:0:0:0::/64"],
    ["fe80::1%eth0", "fe80:0:0:0::/64"],
    ["64:ff9b::192.0.2.1", "64:ff9b:0:0::/64"],
    ["somebody@example.org", "somebody@example.org"],
  ])("of %s is %s", (address, network) => expect(networkOf(address)).toBe(network));
});
