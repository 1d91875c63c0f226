import { describe, expect, it } from "vitest";
import { isReadableForm } from "./form-body";

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

describe("isReadableForm", () => {
  it("lets everything pass that is no form of several parts", async () => {
    expect(await isReadableForm(new Request("http://localhost/"))).toBe(true);
    expect(await isReadableForm(post("{", "application/json"))).toBe(true);
    expect(await isReadableForm(post("a=b", "application/x-www-form-urlencoded"))).toBe(true);
  });

  it("lets a browser's form pass, and leaves it to be read again", async () => {
    const request = form({ $ACTION_REF_1: "", "$ACTION_1:0": '{"id":"a","bound":"$@1"}', name: "Paula" });
    expect(await isReadableForm(request)).toBe(true);
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
    expect(await isReadableForm(request)).toBe(false);
  });
});
