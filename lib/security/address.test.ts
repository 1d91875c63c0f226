import { describe, expect, it } from "vitest";
import { clientAddress } from "./address";

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
