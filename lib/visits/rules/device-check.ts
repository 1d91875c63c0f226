import type { DeviceFindings } from "../schema/device-check";
import type { DeviceOutcome } from "../types/visit";

/**
 * What a check comes to. Without a camera a visit can be held; without a microphone, sound, a way to the video server or a browser that
 * can do it, it cannot. A speaker that nobody was asked about is believed.
 */
export function deviceOutcome({
  browser,
  camera,
  microphone,
  speaker,
  network,
}: DeviceFindings): DeviceOutcome {
  if (!browser || !microphone || speaker === false || !network) return "not_ready";
  return camera ? "ready" : "audio_only";
}
