import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { env } from "@/lib/core/env";
import { InvariantError } from "@/lib/core/errors";

/** Clinical text as it lies in the database, with the id of the key that opens it. */
export type Sealed = { keyId: string; sealed: Uint8Array<ArrayBuffer> };
type Keys = readonly { id: string; key: Uint8Array }[];

const IV_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Seals text with AES-256-GCM under the first of `DATA_KEYS`: 12 bytes IV, 16 bytes tag, ciphertext.
 *
 * @param place where the text belongs, such as `appointment.reason:<id>`; a sealed value moved to another row does not open
 */
export const seal = (text: string, place: string, keys: Keys = env().DATA_KEYS): Sealed =>
  sealBytes(Buffer.from(text, "utf8"), place, keys);

/** The same for bytes: a file's. */
export function sealBytes(bytes: Uint8Array, place: string, keys: Keys = env().DATA_KEYS): Sealed {
  const current = keys[0];
  if (!current) throw new InvariantError("no data key");
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv("aes-256-gcm", current.key, iv).setAAD(Buffer.from(place));
  const ciphertext = Buffer.concat([cipher.update(bytes), cipher.final()]);
  return { keyId: current.id, sealed: new Uint8Array(Buffer.concat([iv, cipher.getAuthTag(), ciphertext])) };
}

/** Opens what {@link seal} sealed for the same place. @throws when the key is gone or the value was changed or moved */
export const unseal = (
  value: { keyId: string; sealed: Uint8Array },
  place: string,
  keys: Keys = env().DATA_KEYS,
): string => unsealBytes(value, place, keys).toString("utf8");

/** Opens what {@link sealBytes} sealed for the same place, and throws as {@link unseal} does. */
export function unsealBytes(
  { keyId, sealed }: { keyId: string; sealed: Uint8Array },
  place: string,
  keys: Keys = env().DATA_KEYS,
): Buffer<ArrayBuffer> {
  const entry = keys.find((candidate) => candidate.id === keyId);
  if (!entry) throw new InvariantError(`data key ${keyId} is not configured`);
  const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength);
  const decipher = createDecipheriv("aes-256-gcm", entry.key, bytes.subarray(0, IV_BYTES))
    .setAAD(Buffer.from(place))
    .setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
  return Buffer.concat([decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES)), decipher.final()]);
}
