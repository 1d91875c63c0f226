import { useEffect, useState } from "react";

/** What a browser says of autoplay that not every one can say (W3C Autoplay Policy Detection §3). */
type MaySay = Navigator & { getAutoplayPolicy?: (type: "mediaelement") => string };

/**
 * Whether the call would be silent without a touch of this page. Browsers play sound once a page was touched, and on a page that records:
 * so whoever gives the call a camera or a microphone needs no touch, also when the browser has yet to ask them.
 */
export async function needsTouch(): Promise<boolean> {
  if (navigator.userActivation?.hasBeenActive ?? true) return false;
  if ((navigator as MaySay).getAutoplayPolicy?.("mediaelement") === "allowed") return false;
  const devices = await navigator.mediaDevices?.enumerateDevices().catch(() => undefined);
  const has = (kind: MediaDeviceKind) => devices?.some((device) => device.kind === kind) ?? false;
  const [microphone, camera] = await Promise.all([isDenied("microphone"), isDenied("camera")]);
  return (!has("audioinput") || microphone) && (!has("videoinput") || camera);
}

/** A browser that cannot be asked has not refused. */
const isDenied = async (name: "microphone" | "camera"): Promise<boolean> => {
  try {
    return (await navigator.permissions.query({ name: name as PermissionName })).state === "denied";
  } catch {
    return false;
  }
};

/** The same for what is shown, until the page is touched. */
export function useNeedsTouch(): boolean {
  const [needs, setNeeds] = useState(false);
  useEffect(() => {
    let isOld = false;
    const touched = () => {
      isOld = true;
      setNeeds(false);
    };
    void needsTouch().then((result) => {
      if (!isOld) setNeeds(result);
    });
    document.addEventListener("pointerup", touched, { once: true });
    document.addEventListener("keyup", touched, { once: true });
    return () => {
      isOld = true;
      document.removeEventListener("pointerup", touched);
      document.removeEventListener("keyup", touched);
    };
  }, []);
  return needs;
}
