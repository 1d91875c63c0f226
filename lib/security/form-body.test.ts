import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findFormFault } from "./form-body";

const post = (body: BodyInit, contentType?: string) =>
  new Request("http://localhost/", {
    method: "POST",
    body,
    ...(contentType ? { headers: { "content-type": contentType } } : {}),
  });
const form = (fields: Record<string, string>) => {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) data.append(name, value);
  return post(data);
};

describe("findFormFault", () => {
  it("lets everything pass that is no form of several parts", async () => {
    expect(await findFormFault(new Request("http://localhost/"))).toBeUndefined();
    expect(await findFormFault(post("{", "application/json"))).toBeUndefined();
    expect(await findFormFault(post("a=b", "application/x-www-form-urlencoded"))).toBeUndefined();
  });

  it("lets a browser's form pass, and leaves it to be read again", async () => {
    const request = form({ $ACTION_REF_1: "", "$ACTION_1:0": '{"id":"a","bound":"$@1"}', name: "Paula" });
    expect(await findFormFault(request)).toBeUndefined();
    expect((await request.formData()).get("name")).toBe("Paula");
  });

  it.each([
    ["without a boundary", post("", "multipart/form-data")],
    ["that never begins", post("abc", "multipart/form-data; boundary=x")],
    [
      "that breaks off",
      post('--x\r\ncontent-disposition: form-data; name="a"\r\n\r\nb', "multipart/form-data; boundary=x"),
    ],
    ["whose action somebody has written over", form({ "$ACTION_1:0": "{" })],
  ])("stops a form %s", async (_what, request) => {
    expect(await findFormFault(request)).toBe("invalid");
  });

  describe("of a call of an action by its id", () => {
    const call = (root: string | undefined, fields: Record<string, string> = {}) => {
      const request = form({ ...fields, ...(root === undefined ? {} : { "0": root }) });
      request.headers.set("next-action", "40ab");
      return request;
    };
    const plain = (text: string) => {
      const request = post(text, "text/plain;charset=UTF-8");
      request.headers.set("next-action", "40ab");
      return request;
    };

    it.each([
      ["without a state", call('["$undefined","$K1"]', { "1_email": "a" })],
      ["with the state before", call('[{"status":"refused","values":{"name":"$$5"}},"$K1"]')],
      ["without a form", plain('[{"status":"idle"},7,null]')],
    ])("lets one pass %s", async (_what, request) => {
      expect(await findFormFault(request)).toBeUndefined();
    });

    it.each([
      ["without a beginning", call(undefined)],
      ["that is no list", call('"$K1"')],
      ["that names another function", call('["$F1","$K1"]')],
      ["that waits for a part that never comes", call('[{"values":["$@0"]},"$K1"]')],
      ["that is no JSON", plain("$K1")],
      ["that is empty", plain("")],
    ])("stops one %s", async (_what, request) => {
      expect(await findFormFault(request)).toBe("invalid");
    });
  });

  it("bounds every post, whatever it says of its length", async () => {
    const large = "x".repeat(256 * 1_024 + 1);
    expect(await findFormFault(post(large, "text/plain"))).toBe("too_large");
    expect(await findFormFault(form({ note: large }))).toBe("too_large");
    const announced = post("a", "text/plain");
    announced.headers.set("content-length", "300000");
    expect(await findFormFault(announced)).toBe("too_large");
    expect(await findFormFault(post(large.slice(1), "text/plain"))).toBeUndefined();
  });
});

describe("whatever is posted", () => {
  it("is let pass or stopped, and never fails over", async () => {
    const type = fc.constantFrom(
      "multipart/form-data",
      "multipart/form-data; boundary=x",
      'multipart/form-data; boundary="',
      "text/plain",
    );
    const body = fc.oneof(
      fc.string({ unit: "binary" }),
      fc
        .array(
          fc.constantFrom(
            "--x",
            "--x--",
            "\r\n",
            'content-disposition: form-data; name="$ACTION_1:0"',
            "{",
            "\u0000",
          ),
          { maxLength: 12 },
        )
        .map((lines) => lines.join("")),
    );
    await fc.assert(
      fc.asyncProperty(body, type, async (text, contentType) => {
        expect([undefined, "invalid", "too_large"]).toContain(await findFormFault(post(text, contentType)));
      }),
      { numRuns: 500 },
    );
  });
});
