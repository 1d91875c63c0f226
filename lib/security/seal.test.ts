import { describe, expect, it } from "vitest";
import { seal, unseal } from "./seal";

const key = (id: string, byte: number) => ({ id, key: new Uint8Array(32).fill(byte) });

describe("sealing", () => {
  it("opens what it sealed, in its place only", () => {
    const keys = [key("a", 1)];
    const sealed = seal("Кашель, third week", "appointment.reason:1", keys);
    expect(unseal(sealed, "appointment.reason:1", keys)).toBe("Кашель, third week");
    expect(() => unseal(sealed, "appointment.reason:2", keys)).toThrow();
  });

  it("seals with the first key and opens with any", () => {
    const sealed = seal("text", "place", [key("old", 1)]);
    expect(unseal(sealed, "place", [key("new", 2), key("old", 1)])).toBe("text");
    expect(seal("text", "place", [key("new", 2), key("old", 1)]).keyId).toBe("new");
    expect(() => unseal(sealed, "place", [key("new", 2)])).toThrow("old");
  });

  it("never gives the same bytes twice, and refuses changed ones", () => {
    const keys = [key("a", 1)];
    const first = seal("text", "place", keys);
    expect(Buffer.from(seal("text", "place", keys).sealed)).not.toEqual(Buffer.from(first.sealed));
    for (const index of [0, 13, first.sealed.length - 1]) {
      const changed = Uint8Array.from(first.sealed);
      changed[index] = (changed[index] ?? 0) ^ 1;
      expect(() => unseal({ keyId: "a", sealed: changed }, "place", keys)).toThrow();
    }
  });
});
