import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MAX_KEYS, readLiveRequest } from "./request";

const request = (body: string | ReadableStream<Uint8Array>, contentType = "application/json") =>
  readLiveRequest(
    new Request("http://localhost/api/live", {
      method: "POST",
      body,
      headers: { "content-type": contentType },
      ...(typeof body === "string" ? {} : { duplex: "half" }),
    } as RequestInit),
  );
const keys = (count: number) => Array.from({ length: count }, (_, at) => ({ key: `appointment:${at}` }));

describe("what a browser asks to follow", () => {
  it("is read in the order asked, with the tokens of personal links", async () => {
    const asked = [{ key: "appointment:1", token: "t" }, { key: "agenda:2026-11-23" }];
    expect(await request(JSON.stringify({ keys: asked }))).toEqual({ ok: true, value: asked });
    expect(await request(JSON.stringify({ keys: asked }), "application/json; charset=utf-8")).toMatchObject({
      ok: true,
    });
  });

  it.each([
    ["no JSON", "{"],
    ["nothing at all", ""],
    ["no keys", JSON.stringify({ keys: [] })],
    ["too many keys", JSON.stringify({ keys: keys(MAX_KEYS + 1) })],
    ["a key that is no text", JSON.stringify({ keys: [{ key: 1 }] })],
    ["an endless token", JSON.stringify({ keys: [{ key: "a", token: "t".repeat(101) }] })],
    ["a null", "null"],
  ])("is refused as invalid with %s", async (_, body) => {
    expect(await request(body)).toEqual({ ok: false, reason: "invalid" });
  });

  it("is refused in the forms that a foreign page can post", async () => {
    const body = JSON.stringify({ keys: keys(1) });
    for (const type of ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data"])
      expect(await request(body, type)).toEqual({ ok: false, reason: "unsupported_type" });
  });

  it("is never read beyond 16 kB, whatever length was announced", async () => {
    let read = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        read += 1;
        controller.enqueue(new Uint8Array(4_096).fill(32));
      },
    });
    expect(await request(endless)).toEqual({ ok: false, reason: "too_large" });
    expect(read).toBeLessThan(10);
  });
});

describe("whatever is asked to be followed", () => {
  it("is a short list of keys or refused", async () => {
    const anything = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.json(),
      fc
        .array(fc.record({ key: fc.anything(), token: fc.anything() }, { requiredKeys: [] }))
        .map((list) =>
          JSON.stringify({ keys: list }, (_key, value) => (typeof value === "bigint" ? 1 : value)),
        ),
    );
    await fc.assert(
      fc.asyncProperty(anything, async (body) => {
        const result = await request(body);
        if (result.ok) {
          expect(result.value.length).toBeLessThanOrEqual(MAX_KEYS);
          for (const { key } of result.value) expect(typeof key).toBe("string");
        }
      }),
      { numRuns: 500 },
    );
  });
});
