import { newId, newToken } from "@/lib/core/ids";
import { runningPortal } from "@/tests/support/browser-setup";
import { expect, test } from "@/tests/support/fixtures";

/* What is not meant to be fetched, and what those who watch the portal are told. No page is opened. */

const read = async (path: string) => {
  const answer = await fetch(`${runningPortal().url}${path}`);
  return { status: answer.status, text: await answer.text() };
};

test("nothing of the sources, the configuration or a folder is served", async () => {
  for (const path of [
    "/.git/HEAD",
    "/.git/config",
    "/.env",
    "/package.json",
    "/lib/core/env.ts",
    "/prisma/schema/audit.prisma",
    "/_next/static/",
    "/.next/server/app-paths-manifest.json",
  ]) {
    const { status, text } = await read(path);
    expect.soft(status, path).toBe(404);
    expect.soft(text, path).not.toMatch(/Index of|ref: refs|repositoryformatversion|AUTH_SECRET|"scripts"/);
  }
});

test("Next.js hands out no picture of its own making, and fails over none", async () => {
  for (const url of [
    "/icon.svg",
    "/%",
    `/v/${newToken()}/files/${newId()}`,
    "https://elsewhere.example.org/a.png",
  ]) {
    const answer = await fetch(
      `${runningPortal().url}/_next/image?${new URLSearchParams({ url, w: "640", q: "75" })}`,
    );
    expect.soft(answer.status, url).toBe(404);
    expect.soft(answer.headers.get("cache-control"), url).toMatch(/no-store/);
    expect.soft(answer.headers.get("content-security-policy"), url).toContain("frame-ancestors 'none'");
    await answer.body?.cancel();
  }
});

test("who watches the portal reads that it lives, and nothing else", async () => {
  expect(await read("/api/health/live")).toEqual({ status: 200, text: '{"status":"live"}' });
  const { status, text } = await read("/api/health/ready");
  expect(status).toBe(200);
  // Words alone: no version, no address, no error of what stands behind.
  expect(text).toMatch(/^\{"status":"(ready|degraded)","parts":\{"database":"ok","trueconf":"[a-z_]+"\}\}$/);
});
