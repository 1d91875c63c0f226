import type { Frame, Page } from "@playwright/test";
import { expect } from "@/tests/support/fixtures";

/** The video page inside a portal page. */
export async function callFrame(page: Page): Promise<Frame> {
  const element = page.locator("iframe");
  await expect(element).toBeVisible();
  const frame = await (await element.elementHandle())?.contentFrame();
  if (!frame) throw new Error("the call has no frame");
  return frame;
}

type VideoPage = Window & {
  __call?: { peers: () => RTCPeerConnection[] };
  __marked?: Map<RTCPeerConnection, { frames: number; bytes: number }>;
};

/**
 * Runs in the video page: of how many others it decodes pictures and receives sound, by the browser's own counts and not by what the page
 * says; more of both than when the page was marked, which `marks` does.
 */
async function countFlowing(marks: boolean): Promise<number> {
  const page = window as VideoPage;
  const counted: VideoPage["__marked"] = new Map();
  let flowing = 0;
  for (const peer of page.__call?.peers() ?? []) {
    let [frames, bytes] = [0, 0];
    for (const report of (await peer.getStats()).values()) {
      if (report.type !== "inbound-rtp") continue;
      if (report.kind === "video") frames += report.framesDecoded ?? 0;
      if (report.kind === "audio") bytes += report.bytesReceived ?? 0;
    }
    const before = page.__marked?.get(peer) ?? { frames: 0, bytes: 0 };
    if (frames > before.frames + 5 && bytes > before.bytes) flowing += 1;
    counted.set(peer, { frames, bytes });
  }
  if (marks) page.__marked = counted;
  return flowing;
}

/** Waits until a video page shows and sounds of somebody. */
export const expectMedia = (frame: Frame) =>
  expect.poll(() => frame.evaluate(countFlowing, false), { timeout: 60_000 }).toBeGreaterThan(0);

const videoOf = (page: Page) => page.frames().find((frame) => frame.url().includes("/webrtc/"));

/** Notes what has come so far: from now on only more than that counts. A video page that is loaded anew begins at nothing. */
export async function markCall(...sides: Page[]): Promise<void> {
  for (const side of sides) await (await callFrame(side)).evaluate(countFlowing, true);
}

/** Waits until each side sees and hears all the others, in whichever video page it has by then. */
export async function expectCall(...sides: Page[]): Promise<void> {
  for (const side of sides) {
    // A page that is being replaced shows nobody.
    const flowing = async () =>
      (await videoOf(side)
        ?.evaluate(countFlowing, false)
        .catch(() => 0)) ?? 0;
    await expect.poll(flowing, { timeout: 60_000 }).toBe(Math.max(1, sides.length - 1));
  }
}
