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

/** Waits until a side decodes pictures and receives sound of the other: the browser's own counts, not what the page says. */
export const expectMedia = (frame: Frame) =>
  frame.waitForFunction(
    async () => {
      const call = (window as unknown as { __call?: { peers: () => RTCPeerConnection[] } }).__call;
      let [frames, bytes] = [0, 0];
      for (const peer of call?.peers() ?? []) {
        for (const report of (await peer.getStats()).values()) {
          if (report.type !== "inbound-rtp") continue;
          if (report.kind === "video") frames += report.framesDecoded ?? 0;
          if (report.kind === "audio") bytes += report.bytesReceived ?? 0;
        }
      }
      return frames > 5 && bytes > 0;
    },
    null,
    { polling: 50 },
  );
