import { unseal } from "@/lib/security/seal";

/** A sealed text that may not be there, opened. */
export const openText = (
  sealed: Uint8Array | null,
  keyId: string | null,
  place: string,
): string | undefined => (sealed && keyId ? unseal({ keyId, sealed }, place) : undefined);
