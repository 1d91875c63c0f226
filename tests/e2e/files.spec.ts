import type { APIRequestContext, APIResponse } from "@playwright/test";
import { FILE_MAX_BYTES } from "@/lib/messaging/constants";
import { DOCX, PDF, PNG } from "@/tests/support/files";
import { expect, test } from "@/tests/support/fixtures";
import type { PortalAddresses } from "@/tests/support/portal";
import { openPractice } from "./practice";
import { signIn } from "./steps";
import { putIntoMessage, stageTalk, type Talk } from "./talk";

/* The doors through which files come into a conversation, and out of it. */

type Sent = { name: string; mimeType?: string; buffer: Buffer };
type Options = { token?: string; as?: string; origin?: string };

const uploader =
  (portal: PortalAddresses, { conversationId }: Pick<Talk, "conversationId">) =>
  (request: APIRequestContext, file: Sent, { token, as = "patient", origin = portal.url }: Options = {}) =>
    request.post(`${portal.url}/api/conversations/${conversationId}/files?as=${as}`, {
      headers: { origin, ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) },
      multipart: { file: { mimeType: "application/octet-stream", ...file } },
    });

const pdf: Sent = { name: "Befund.pdf", mimeType: "application/pdf", buffer: PDF };

async function expectRefused(answer: Promise<APIResponse>, status: number, reason: string) {
  const response = await answer;
  expect([response.status(), await response.text()]).toEqual([status, JSON.stringify({ reason })]);
  expect(response.headers()["cache-control"]).toContain("no-store");
}

async function attachedBy(answer: Promise<APIResponse>): Promise<string> {
  const response = await answer;
  expect(response.status(), await response.text()).toBe(200);
  return (await response.json()).attachmentId;
}

test("a file is taken for what it is, bounded, from our own pages and from the two alone", async ({
  portal,
  request,
}) => {
  const practice = await openPractice(portal);
  const talk = await stageTalk(portal, practice);
  const { token } = talk;
  const upload = uploader(portal, talk);
  await expectRefused(upload(request, pdf, { token, origin: "https://example.org" }), 403, "forbidden");
  await expectRefused(upload(request, pdf), 404, "not_found");
  await expectRefused(upload(request, pdf, { token, as: "practitioner" }), 404, "not_found");
  await expectRefused(upload(request, pdf, { token, as: "administrator" }), 400, "invalid");
  const other = await stageTalk(portal, await openPractice(portal));
  await expectRefused(upload(request, pdf, { token: other.token }), 404, "not_found");
  await expectRefused(
    uploader(portal, { conversationId: "none" })(request, pdf, { token }),
    404,
    "not_found",
  );

  // Nothing is made of a stranger's file, of whatever size.
  const huge = { name: "a.pdf", buffer: Buffer.alloc(FILE_MAX_BYTES * 2) };
  await expectRefused(upload(request, huge), 404, "not_found");

  await expectRefused(upload(request, { name: "a.png", buffer: PDF }, { token }), 415, "type_differs");
  const exe = { name: "a.exe", mimeType: "image/png", buffer: Buffer.from("MZ") };
  await expectRefused(upload(request, exe, { token }), 415, "type_not_allowed");
  await expectRefused(
    upload(request, { name: "a.pdf", buffer: Buffer.alloc(0) }, { token }),
    409,
    "empty_file",
  );
  // Beyond what the route takes, and beyond what Next.js hands it.
  for (const size of [FILE_MAX_BYTES + 1, FILE_MAX_BYTES * 2]) {
    const buffer = Buffer.concat([PDF, Buffer.alloc(size - PDF.length)]);
    await expectRefused(upload(request, { name: "a.pdf", buffer }, { token }), 413, "too_large");
  }
  for (const body of ["", "{}", "--none\r\n"])
    await expectRefused(
      request.post(`${portal.url}/api/conversations/${talk.conversationId}/files?as=patient`, {
        headers: {
          origin: portal.url,
          authorization: `Bearer ${token}`,
          "content-type": "multipart/form-data; boundary=some",
        },
        data: Buffer.from(body),
      }),
      400,
      "invalid",
    );
  expect((await upload(request, { name: "Brief.docx", buffer: DOCX }, { token })).status()).toBe(200);
});

test("a file that was sent and looked at is given to the two, and to nobody else, as nothing that could run", async ({
  visitor,
  portal,
  request,
}) => {
  const practice = await openPractice(portal);
  const talk = await stageTalk(portal, practice);
  const { token } = talk;
  const upload = uploader(portal, talk);
  const picture = await attachedBy(upload(request, { name: "Снимок.png", buffer: PNG }, { token }));
  const report = await attachedBy(upload(request, pdf, { token }));
  const byLink = (id: string) => request.get(`${portal.url}/v/${token}/files/${id}`);

  await putIntoMessage(portal, talk, [picture, report]);
  for (const id of [picture, report])
    await expect.poll(async () => (await byLink(id)).status(), { timeout: 30_000 }).toBe(200);

  const shown = await byLink(picture);
  expect(shown.headers()).toMatchObject({
    "content-type": "image/png",
    "content-disposition": expect.stringMatching(/^inline; .*filename\*=UTF-8''%D0%A1.*\.png$/),
    "content-security-policy": expect.stringMatching(/^sandbox;/),
    "x-content-type-options": "nosniff",
    "cache-control": "private, no-store",
  });
  expect((await shown.body()).equals(PNG)).toBe(true);
  expect((await byLink(report)).headers()["content-disposition"]).toMatch(/^attachment; /);

  const practitioner = await visitor("desktop");
  await signIn(practitioner, practice.account);
  const theirs = practitioner.context().request;
  expect((await theirs.get(`${portal.url}/api/files/${report}`)).status()).toBe(200);

  const stranger = await visitor("desktop");
  await signIn(stranger, (await openPractice(portal)).account);
  await expectRefused(stranger.context().request.get(`${portal.url}/api/files/${report}`), 404, "not_found");
  await expectRefused(request.get(`${portal.url}/api/files/${report}`), 404, "not_found");
  await expectRefused(request.get(`${portal.url}/v/${"a".repeat(43)}/files/${report}`), 404, "not_found");
  await expectRefused(byLink("none"), 404, "not_found");

  const discard = `${portal.url}/api/conversations/${talk.conversationId}/files/${report}/discard`;
  const headers = { origin: portal.url };
  await expectRefused(request.post(discard, { headers, data: { token } }), 404, "not_found");
  const unsent = await attachedBy(upload(request, pdf, { token }));
  const taken = discard.replace(report, unsent);
  await expectRefused(theirs.post(taken, { headers, data: {} }), 404, "not_found");
  expect((await request.post(taken, { headers, data: { token } })).status()).toBe(200);
});
