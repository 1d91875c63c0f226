import { createHmac } from "node:crypto";
import { deriveKey } from "@/lib/security/tokens";

/**
 * The marker of this installation's conferences: several portals may share one TrueConf Server, and none may clean up another's.
 * It follows from the portal's own secret, so that all its processes agree on it.
 */
export const installationTag = (): string =>
  `portal-${createHmac("sha256", deriveKey("installation")).update("tag").digest("hex").slice(0, 12)}`;
