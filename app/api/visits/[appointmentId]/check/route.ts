import { recordDeviceCheck } from "@/lib/visits/mutations/device-check";
import { deviceCheckSchema } from "@/lib/visits/schema/device-check";
import { visitCall } from "../call";

/** What the patient's device check for this visit found: words, never media. */
export const POST = visitCall(
  "visits.check",
  (actor, appointmentId, _locale, now, { browser, camera, microphone, speaker, network }) =>
    recordDeviceCheck(actor, appointmentId, { browser, camera, microphone, speaker, network }, now),
  deviceCheckSchema,
);
